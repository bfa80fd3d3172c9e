"""Which communes an institution serves, brought to as few zones as say exactly the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledge.importing.streams import Unreadable, naming, table_rows
from knowledge.territories import Place, Territories, UnknownTerritory, load_territories

_COLUMNS = ("code_insee_commune", "id_service_local", "code_type_service_local")
_WIDEST_FIRST = (("REG", "region"), ("DEP", "departement"), ("EPCI", "epci"))


@dataclass
class Competence:
    """The communes of each institution, by its id; `unknown` counts codes that no commune ever had."""

    communes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unknown: int = 0


def read_competence(path: Path, types: Iterable[str], territories: Territories) -> Competence:
    """Return the companion file of the directory, of the types of use only; raises `Unreadable`, `OSError`."""
    found, types = Competence(), frozenset(types)
    with path.open("rb") as file, naming(path):
        for number, row in table_rows(file):
            if number == 1 and any(name not in row for name in _COLUMNS):
                raise Unreadable(f"it lacks one of the columns {', '.join(_COLUMNS)}")
            if str(row.get("code_type_service_local", "")).strip().lower() in types:
                _keep(row, found, territories)
    return found


def _keep(row: Mapping[str, str], found: Competence, territories: Territories) -> None:
    try:
        place = territories.get("commune", str(row.get("code_insee_commune", "")).strip().upper())
    except UnknownTerritory:
        found.unknown += 1
        return
    found.communes[str(row.get("id_service_local", "")).strip()].add(place.code)


def zones_of(codes: Iterable[str], territories: Territories) -> list[str]:
    """Return the zones that hold exactly these communes of today: régions and départements, EPCI, communes."""
    left, zones = set(codes), []
    for prefix, level in _WIDEST_FIRST:
        sizes = _sizes(level)
        members: dict[str, set[str]] = defaultdict(set)
        for code in left:
            members[getattr(territories.get("commune", code), level) or ""].add(code)
        for area, inside in sorted(members.items()):
            if area and len(inside) == sizes[area]:
                zones.append(f"{prefix}-{area}")
                left -= inside
    return zones + [f"COM-{code}" for code in sorted(left)]


@lru_cache(maxsize=4)
def _sizes(level: str) -> Counter:
    communes: Iterable[Place] = load_territories().communes.values()
    return Counter(getattr(place, level) for place in communes)
