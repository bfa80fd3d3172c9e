"""What a French territory is, for the rest of the product."""

from __future__ import annotations

from dataclasses import dataclass

# A place this many times as populous as a namesake is meant by the name, without asking: « la Réunion ».
FAR_LARGER = 10


class UnknownTerritory(LookupError):  # noqa: N818  named after the fact, like all our exceptions
    """No territory of this level has this code."""


@dataclass(frozen=True, slots=True)
class Place:
    """One French territory of the official geographic code.

    `level` is `commune`, `departement`, `region` or `epci`; `code` is the INSEE code (the SIREN of an EPCI).
    `departement` and `region` are the codes of the territories that hold it (its own code for itself); an
    EPCI has those of its most populous commune. `population` is in inhabitants, 0 where the source has none.
    The overseas collectivities (975 to 989) are places of level `departement`, as in the source.
    """

    level: str
    code: str
    name: str
    departement: str | None
    region: str | None
    epci: str | None = None
    population: int = 0

    def outweighs(self, namesake: Place) -> bool:
        """Tell whether this place is so much more populous than a namesake that the name means this one."""
        return self.population >= max(1, FAR_LARGER * namesake.population)
