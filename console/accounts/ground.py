"""What an account can be given: the bodies and the territories there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from console.viewers import Scope


class Bodies(Protocol):
    """The bodies of the knowledge base; knowledge.body_names has the real ones."""

    def named(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of these bodies by id; an id that no body has is left out."""

    def offered(self) -> dict[str, str]:
        """Return bodies to choose from, by id."""


class NoBodies:
    """Where there is no knowledge base."""

    def named(self, ids: Iterable[str]) -> dict[str, str]:
        """Return no name."""
        return {}

    def offered(self) -> dict[str, str]:
        """Return no body."""
        return {}


class UnknownBodies(Exception):
    """No body has these ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__(ids)
        self.ids = sorted(ids)


@dataclass(frozen=True)
class Ground:
    """`departments` and `regions` are names by code."""

    bodies: Bodies = field(default_factory=NoBodies)
    departments: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def scope(self, bodies: Iterable[str], departments: Iterable[str], regions: Iterable[str]) -> Scope:
        """Return the scope of what was chosen; codes that nothing has are dropped, raises UnknownBodies."""
        wanted = {each.strip() for each in bodies if each.strip()}
        if unknown := wanted - self.bodies.named(wanted).keys():
            raise UnknownBodies(unknown)
        return Scope(
            frozenset(wanted),
            frozenset(departments) & self.departments.keys(),
            frozenset(regions) & self.regions.keys(),
        )
