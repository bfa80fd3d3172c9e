"""Everything that is shown of one body or one scheme."""

from dataclasses import dataclass

from knowledge.matches import ContactMatch, Estimate, FundingMatch
from knowledge.territories import Place


@dataclass(frozen=True)
class Named:
    """A record that another one names: its id and its name or title."""

    id: str
    name: str


@dataclass(frozen=True)
class Law:
    """A text a scheme rests on."""

    title: str
    url: str


@dataclass(frozen=True)
class Area:
    """Where something holds: `places` inside France, `country` for all of it, `union` beyond; `without` is left out."""

    places: tuple[Place, ...] = ()
    country: bool = False
    union: bool = False
    without: tuple[Place, ...] = ()


@dataclass(frozen=True)
class BodySheet:
    """A body as its page shows it. `contact` is what the assistant shows of it, `services` its own sentence;
    `needs` are codes, those for which it is a first stop in `first_for`; `countries` and `languages` are names in
    French (`*` for every country); `schemes` name the body among their contacts; `credit` is what the
    licence of the data asks to show.
    """

    contact: ContactMatch
    services: str
    audience: str
    needs: tuple[str, ...]
    first_for: tuple[str, ...]
    area: Area
    headcount: tuple[int | None, int | None]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    siret: str | None
    schemes: tuple[Named, ...]
    credit: str | None


@dataclass(frozen=True)
class SchemeSheet:
    """A scheme as its page shows it. `funding` is what the assistant shows of it to a firm it knows nothing of;
    `conditions` are sentences; `estimates` pairs a sum in euros with what it would give; `bodies` are those to ask.
    """

    funding: FundingMatch
    description: str
    needs: tuple[str, ...]
    level: str
    bearers: tuple[tuple[str, tuple[str, ...]], ...]
    programmes: tuple[str, ...]
    area: Area
    conditions: tuple[str, ...]
    estimates: tuple[tuple[int, Estimate], ...]
    formula: str | None
    steps: tuple[str, ...]
    laws: tuple[Law, ...]
    bodies: tuple[Named, ...]
    opening_date: str | None
    compared_on: str
    verified: bool
    replaced_by: Named | None
    variant_of: Named | None
    credit: str | None
