"""The names of French places as phrases of a message."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import reach
from bot.nlu.entities.place_lists import around
from knowledge.territories import Place, Territories, normalise_name
from knowledge.territories.index import heirs, most_populous_first

# « Au Havre », « aux Abymes »: the article of the name hides in the preposition.
_HIDDEN = {"au": "le", "du": "le", "aux": "les", "des": "les"}
_ARTICLES = frozenset(["le", "la", "les", "l"])
_SMALLEST_BARE, _SMALLEST_BARE_LONG = 15_000, 2_000
_SMALLEST_GLUED, _SHORTEST_GLUED = 20_000, 3
_SMALLEST_SHORT = 3_000
_SHORTEST = 5
# Inhabitants: a smaller place may be less known than a longer name that begins with its own.
_VILLAGE = 5_000
_IN = around["in"]
_VOWELS = tuple("aeiouyh")
_SAINTS = ("saint", "sainte", "saints", "saintes")
# Inhabitants: what a merged commune, whose own population is not known, counts for.
_MERGED = 800


class Known(IntEnum):
    """How a name is known, the surest first."""

    OFFICIAL = 1
    NICKNAME = 2
    SHORT = 3
    FORMER = 4
    EPCI = 5
    BARE = 6
    GLUED = 7


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `last` name `places`, the most populous first.

    `hidden` where the preposition holds the article (« au Havre »).
    """

    first: int
    last: int
    key: str
    known: Known
    places: tuple[Place, ...]
    hidden: bool = False

    @property
    def population(self) -> int:
        """The inhabitants of the largest place of this name; a merged commune counts as a small one."""
        largest = self.places[0]
        merged = self.known is Known.FORMER and not normalise_name(largest.name).startswith(self.key)
        return min(largest.population, _MERGED) if merged else largest.population


class Gazetteer:
    """Finds place names; a town's first word (« Carhaix ») names it too unless it is one of `words`."""

    def __init__(self, territories: Territories, words: frozenset[str], never_glued: Iterable[str] = ()):
        self._territories = territories
        self._short = _short_names(territories, words)
        self._glued = _glued_names(territories, never_glued)
        self._sources = (
            (Known.OFFICIAL, territories.official),
            (Known.NICKNAME, territories.nicknames),
            (Known.SHORT, self._short),
            (Known.FORMER, territories.former),
            (Known.EPCI, territories.epci_names),
            (Known.BARE, territories.bare),
            (Known.GLUED, self._glued),
        )
        names = [key for _, source in self._sources for key in source if not key.isdecimal()]
        self._reach = reach(names)

    def at(self, message: Message, first: int) -> Mention | None:
        """Return the longest place name that begins at this word; numbers are no names here."""
        keys, article = message.keys, _HIDDEN.get(message.keys[first])
        inside = self._longest(message, first + 1, article) if article and message.tight[first] else None
        found = inside or (None if keys[first].isdecimal() else self._longest(message, first, None))
        if found and (inside or keys[first] in _ARTICLES) and first + 1 < len(message):
            # « Dans le Val-de-Marne » is not Le Val: the name that begins after the article is longer.
            longer = self._longest(message, first + 1, None)
            return None if longer and longer.last > found.last else found
        return found

    def _longest(self, message: Message, first: int, article: str | None) -> Mention | None:
        head = article or message.keys[first]
        room = self._reach.get(head, 0) - (article is not None)
        if room < 1 or message.taken[first]:
            return None
        last = first
        while last - first + 1 < room and message.tight[last] and not message.taken[last + 1]:
            last += 1
        for end in range(last, first - 1, -1):
            words = message.keys[first : end + 1]
            key = " ".join([article, *words] if article else words)
            found = self._unglued(message, first, key) or self.named(key)
            if found:
                return Mention(first, end, key, found[0], found[1], article is not None)
        return None

    def _unglued(self, message: Message, first: int, key: str) -> tuple[Known, tuple[Place, ...]] | None:
        """Return the area of a glued article rather than a village: « dans lAveyron » is not Laveyron."""
        if key not in self._glued or self._glued[key][0].level == "commune":
            return None
        inside = message.key(first - 1) in _IN or message.words[first].raw[1:2].isupper()
        village = max((p.population for p in self._territories.official.get(key, ())), default=0) < _VILLAGE
        shouted = message.words[first].raw.isupper()
        return (Known.GLUED, self._places(Known.GLUED, key)) if inside and village and not shouted else None

    def named(self, key: str) -> tuple[Known, tuple[Place, ...]] | None:
        """Return how a name in the form of `normalise_name` is known and its places, the largest first."""
        for known, source in self._sources:
            if key in source:
                places = self._places(known, key)
                return (known, places) if places else None
        return None

    def _places(self, known: Known, key: str) -> tuple[Place, ...]:
        if known is Known.EPCI:
            return tuple(self._territories.seat(epci) for epci in self._territories.epci_names[key])
        found = self._territories.named(key)
        if known is Known.BARE:
            smallest = _SMALLEST_BARE_LONG if " " in key else _SMALLEST_BARE
            return tuple(place for place in found if place.population >= smallest)
        if known is Known.GLUED:
            return self._places(Known.NICKNAME, key[1:])
        if known is Known.FORMER:
            return tuple(found)
        if known is Known.SHORT:
            return tuple(most_populous_first(self._short[key]))
        former = set(self._territories.former.get(key, ()))
        village = known is Known.OFFICIAL and found[0].population < _VILLAGE and not heirs(key, former)
        short = self._short.get(key, ())
        if short and village and key.startswith(_SAINTS):
            # « Saint-Laurent » is the village of that name, and may be one of several towns.
            return (*found, *most_populous_first(short))
        if short and village:
            return tuple(most_populous_first([*found, *short]))
        present = {*self._territories.official.get(key, ()), *self._territories.nicknames.get(key, ())}
        present.update(heirs(key, former))
        named = [place for place in found if place in present or place not in former]
        # « Cesson » is first the town of that name, then the larger Cesson-Sévigné.
        larger = (p for p in short if known is Known.OFFICIAL and p.population > named[0].population)
        return (*named, *larger)


def _short_names(territories: Territories, words: frozenset[str]) -> dict[str, list[Place]]:
    """Return the first words of compound town names that are no French word: « Villefranche »."""
    short: dict[str, list[Place]] = defaultdict(list)
    for key, places in territories.official.items():
        first, space, rest = key.partition(" ")
        if first in _SAINTS and " " in rest:
            # « Saint-Dié »
            first = f"{first} {rest.partition(' ')[0]}"
        largest = max(places, key=lambda place: place.population)
        towns = largest.level == "commune" and largest.population >= _SMALLEST_SHORT
        if space and towns and len(first) >= _SHORTEST and first not in words:
            short[first].append(largest)
    return short


def _glued_names(territories: Territories, never: Iterable[str]) -> dict[str, list[Place]]:
    """Return the names of areas and large towns with the article that many glue to them: « laveyron », « dannecy »."""
    glued: dict[str, list[Place]] = {}
    for key, places in (*territories.nicknames.items(), *territories.official.items()):
        if len(key) < _SHORTEST_GLUED or not key.startswith(_VOWELS):
            continue
        largest = max(places, key=lambda place: place.population)
        if largest.level != "commune":
            glued["l" + key] = glued["d" + key] = places
        elif largest.population >= _SMALLEST_GLUED:
            glued["d" + key] = places
    for key in never:
        glued.pop(key, None)
    return glued
