"""The French territories, found by code, name, number or postcode."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.territories import index
from knowledge.territories.names import normalise_name
from knowledge.territories.place import Place, UnknownTerritory
from knowledge.territories.wording import Wording, in_words

# What may stand before a name in an answer: « dans le Finistère », « le 974 », « la ville de Nantes ».
_BEFORE_A_NAME = "a|au|aux|en|dans|sur|vers|de|du|des|d|le|la|les|l|ville|commune|departement|region|pres"
_LEADS = frozenset(_BEFORE_A_NAME.split("|"))


@dataclass(frozen=True)
class Source:
    """What the tables hold: places by level, postcodes, names that lead to them, and wording.

    The collectivities (975 to 989) stand apart from the 101 départements and 18 régions, which they are not.
    `epcis` maps each EPCI to its most populous commune; `former` is the rows of `former_communes.tsv`.
    """

    communes: Mapping[str, Place]
    departements: list[Place]
    collectivities: list[Place]
    regions: list[Place]
    collectivity_regions: list[Place]
    epcis: Mapping[Place, Place]
    postcodes: Mapping[str, tuple[Place, ...]]
    former: list[list[str]]
    nicknames: Mapping[str, Mapping[str, list[str]]]
    wording: Wording


class Territories:
    """All territories of the official geographic code; `load_territories()` builds the one instance."""

    def __init__(self, source: Source):
        self.communes = source.communes
        self.departements, self.collectivities = source.departements, source.collectivities
        self.regions = source.regions
        self.epcis = list(source.epcis)
        self._seats = source.epcis
        self._departements_of = index.departements_of_epcis(source.communes.values())
        self._postcodes, self._wording = source.postcodes, source.wording
        self._present = {code: present for code, _, present in source.former}
        areas = source.departements + source.collectivities
        self._by_code = {
            "commune": source.communes,
            "departement": {place.code: place for place in areas},
            "region": {place.code: place for place in source.regions + source.collectivity_regions},
            "epci": {place.code: place for place in source.epcis},
        }
        self.official = index.official_names(source.communes.values(), areas, source.regions)
        self.nicknames = index.nickname_names(source.nicknames, self.get)
        self.former = index.former_names(source.former, source.communes)
        self.epci_names = index.epci_names(source.epcis, {*self.official, *self.nicknames})
        self.bare = index.without_article(self.official)

    def get(self, level: str, code: str) -> Place:
        """Return the place of this level and code.

        A merged commune or a municipal arrondissement gives its present commune. Raises `UnknownTerritory`.
        """
        places = self._by_code.get(level, {})
        if code in places:
            return places[code]
        if level == "commune" and code in self._present:
            return places[self._present[code]]
        raise UnknownTerritory(f"{level} {code}")

    def search(self, text: str) -> list[Place]:
        """Return the places of this name, number or postcode, most populous first; none for an unknown name.

        Present names (nicknames, and merged names that a present one begins with, included) come before other
        names of merged communes; EPCI and names without their
        article count only where nothing else has the name.
        """
        key = normalise_name(text)
        while key:
            found = self.by_postcode(key) or self.named(key)
            first, _, rest = key.partition(" ")
            if found or first not in _LEADS:
                return found
            key = rest
        return []

    def named(self, key: str) -> list[Place]:
        """Return the places of a name in the form of `normalise_name`, prepositions not stripped."""
        former = index.most_populous_first(self.former.get(key, ()))
        present = [*self.official.get(key, ()), *self.nicknames.get(key, ()), *index.heirs(key, former)]
        found = list(dict.fromkeys(index.most_populous_first(present) + former))
        return found or index.most_populous_first(self.epci_names.get(key) or self.bare.get(key, ()))

    def by_postcode(self, postcode: str) -> list[Place]:
        """Return the communes of a five-digit postcode, most populous first; none where it is not in use."""
        return index.most_populous_first(self._postcodes.get(postcode, ()))

    def seat(self, epci: Place) -> Place:
        """Return the most populous commune of an EPCI."""
        return self._seats[epci]

    def departements_of(self, epci: Place) -> list[Place]:
        """Return the départements that an EPCI lies in, by code: most lie in one, some in two or three."""
        codes = self._departements_of.get(epci.code) or {
            epci.departement
        }  # a territory of Grand Paris has one
        return [self.get("departement", code) for code in sorted(codes)]

    def in_words(self, place: Place) -> str:
        """Return the place with its French preposition: « à Quimper », « dans le Finistère »."""
        return in_words(place, self._wording)
