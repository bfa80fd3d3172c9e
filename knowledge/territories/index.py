"""Which names lead to which places."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from knowledge.territories.names import normalise_name
from knowledge.territories.place import Place

# Overseas, the département and the région are one territory: the département speaks for both.
OVERSEAS_REGIONS = frozenset(
    ["01", "02", "03", "04", "06", "975", "977", "978", "984", "986", "987", "988", "989"]
)
_ARTICLES = ("le ", "la ", "les ", "l ")
_EPCI_KIND = re.compile(
    r"^(?:cc|ca|cu|metropole|eurometropole|communaute [a-z ]*?)\b ?(?:du |de la |des |de l |de |d )?"
)
_SPELLED_OUT = {
    "cc ": "communaute de communes ",
    "ca ": "communaute d agglomeration ",
    "cu ": "communaute urbaine ",
}
_ORDINALS = re.compile(r"^(?P<city>paris|lyon|marseille) (?P<rank>\d+)(?:er|e) arrondissement$")


class Names(Mapping[str, tuple[Place, ...]]):
    """The places that each name leads to. Nearly every name leads to one, which is kept bare: there are 45,000."""

    def __init__(self, places: Mapping[str, list[Place]]) -> None:
        self._places = {key: found[0] if len(found) == 1 else tuple(found) for key, found in places.items()}

    def __getitem__(self, name: str) -> tuple[Place, ...]:
        """Return the places of a name; raises KeyError."""
        found = self._places[name]
        return (found,) if isinstance(found, Place) else found

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._places)


def official_names(
    communes: Iterable[Place], departements: Iterable[Place], regions: Iterable[Place]
) -> Names:
    """Return official names; Paris is the commune, an overseas région its département."""
    names: dict[str, list[Place]] = defaultdict(list)
    for place in communes:
        names[normalise_name(place.name)].append(place)
    for place in departements:
        if place.code != "75":
            names[normalise_name(place.name)].append(place)
        names[place.code.lower()].append(place)
    for place in regions:
        if place.code not in OVERSEAS_REGIONS:
            names[normalise_name(place.name)].append(place)
    return Names(names)


def nickname_names(
    nicknames: Mapping[str, Mapping[str, list[str]]], get: Callable[[str, str], Place]
) -> Names:
    """Return the names of `nicknames.yml`; `get(level, code)` finds a place."""
    names: dict[str, list[Place]] = defaultdict(list)
    for level, places in nicknames.items():
        for code, others in places.items():
            for other in dict.fromkeys(normalise_name(str(other)) for other in others):
                names[other].append(get(level, code))
    return Names(names)


def former_names(rows: Iterable[list[str]], communes: Mapping[str, Place]) -> Names:
    """Return the names of merged communes and municipal arrondissements with the present commune."""
    names: dict[str, list[Place]] = defaultdict(list)
    for _, name, present in rows:
        place = communes[present]
        for key in _former_keys(normalise_name(name)):
            if place not in names[key]:
                names[key].append(place)
    return Names(names)


def heirs(key: str, merged: Iterable[Place]) -> list[Place]:
    """Return the present communes that keep a merged name at the head of theirs: `vire` in Vire Normandie."""
    return [place for place in merged if normalise_name(place.name).startswith(f"{key} ")]


def _former_keys(key: str) -> list[str]:
    found = _ORDINALS.match(key)
    if not found:
        return [key]
    city, rank = found["city"], found["rank"]
    ends = ("er", "ere") if rank == "1" else ("e", "eme", "ieme")
    short = [f"{city} {rank}", f"{city} 0{rank}"] + [f"{city} {rank}{end}" for end in ends]
    return [key, f"{city} {rank}eme arrondissement", *short]


def departements_of_epcis(communes: Iterable[Place]) -> dict[str, set[str]]:
    """Return the codes of the départements that each EPCI lies in."""
    found = defaultdict(set)
    for commune in communes:
        if commune.epci and commune.departement:
            found[commune.epci].add(commune.departement)
    return found


def epci_names(epcis: Iterable[Place], taken: Iterable[str]) -> Names:
    """Return full, spelled-out and short names of EPCI; a short name that is `taken` is left out."""
    names: dict[str, list[Place]] = defaultdict(list)
    for place in epcis:
        full = normalise_name(place.name)
        short = _EPCI_KIND.sub("", full)
        spelled = _SPELLED_OUT.get(full[:3], full[:3]) + full[3:]
        for key in dict.fromkeys((full, spelled, short)):
            if key and (key != short or key not in taken):
                names[key].append(place)
    return Names(names)


def without_article(names: Names) -> Names:
    """Return the names that begin with an article, without it: `havre` is Le Havre."""
    bare: dict[str, list[Place]] = defaultdict(list)
    for key, places in names.items():
        for article in _ARTICLES:
            if key.startswith(article):
                bare[key[len(article) :]].extend(places)
    return Names(bare)


def most_populous_first(places: Iterable[Place]) -> list[Place]:
    """Return each place once, most populous first, then by code."""
    return sorted(dict.fromkeys(places), key=lambda place: (-place.population, place.code))
