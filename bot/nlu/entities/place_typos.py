"""Names of places with a slip of the keyboard, where the context leaves no doubt that a place is meant."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.nlu.entities.message import Message
from bot.nlu.entities.place_lists import around
from bot.nlu.entities.places import Known, Mention
from knowledge.territories import Place, Territories
from knowledge.territories.index import most_populous_first

# Fitted on sentences: one slip in a word of eight letters passes, two do not.
_LIKENESS = 87.0
_SHORTEST = 5
_SMALLEST, _SMALLEST_BARE, _SMALLEST_ANSWER = 3_000, 15_000, 10_000
_LONGEST, _LONGEST_ANSWER = 4, 3
# Letters: a shorter first word (« la », « ma ») is too common to begin a misspelt name.
_FIRST_WORD = 4
_TOWN_LEADS = around["slip_leads"]
_NEAR = around["slip_near"]


class PlaceTypos:
    """Finds misspelt towns and areas; `vocabulary["never_places"]` are French words that look like one."""

    def __init__(self, territories: Territories, vocabulary: Mapping):
        self._territories = territories
        self._words = frozenset(vocabulary["never_places"]) | frozenset(vocabulary["words"])
        self._never = frozenset(vocabulary.get("never_slips", ()))
        self._fillers = frozenset(vocabulary["fillers"])
        self._by_initial: dict[str, list[str]] = {}
        for key, places in territories.official.items():
            if len(key) >= _SHORTEST and max(place.population for place in places) >= _SMALLEST:
                self._by_initial.setdefault(key[0], []).append(key)
        for key, places in territories.bare.items():
            if len(key) >= _SHORTEST and max(place.population for place in places) >= _SMALLEST_BARE:
                self._by_initial.setdefault(key[0], []).append(key)

    def at(self, message: Message, first: int) -> Mention | None:
        """Return the place whose name looks like the words from `first` on, after a preposition of place."""
        key = message.keys[first]
        if len(key) < _FIRST_WORD or not key.isalpha() or not _leads(message, first):
            return None
        if key in self._never or key in self._words and not _to_a_name(message, first):
            return None
        best, last = (False, 0.0, ""), first
        for end in range(first, min(first + _LONGEST, len(message))):
            found = self.alike(" ".join(message.keys[first : end + 1]))
            # A name of as many words as were typed says more than a likelier one of fewer: « clermon feran ».
            if found and (several := found[1].count(" ") == end - first > 0, *found) > best:
                best, last = (several, *found), end
            if not message.tight[end] or message.taken[end]:
                break
        if not best[2]:
            return None
        return Mention(first, last, best[2], Known.OFFICIAL, self._places(best[2]))

    def whole(self, message: Message) -> Mention | None:
        """Return the place that a message of one to three words, polite ones left out, looks like as a whole."""
        last = len(message) - 1
        if last >= _LONGEST_ANSWER:
            return None
        for first in range(last + 1):
            if first and message.keys[first - 1] not in self._fillers:
                return None
            key = " ".join(message.keys[first:])
            found = None if self._ordinary(key) else self.alike(key)
            places = self._places(found[1]) if found else ()
            if places and places[0].population >= _SMALLEST_ANSWER:
                return Mention(first, last, found[1], Known.OFFICIAL, places)
        return None

    def _ordinary(self, key: str) -> bool:
        """Whether the answer is a word, a plural of one (« des madeleines ») or no word at all."""
        words = key in self._words or key in self._fillers or key.removesuffix("s") in self._words
        return words or not key.replace(" ", "").isalpha()

    def _places(self, key: str) -> tuple[Place, ...]:
        """Return the places of an official name, with or without its article; no inter-municipal body."""
        named = self._territories.official.get(key) or self._territories.bare.get(key, ())
        return tuple(most_populous_first(named))

    def alike(self, typed: str) -> tuple[float, str] | None:
        """Return how alike, of 100, the closest name is, and the name."""
        if len(typed) < _SHORTEST:
            return None
        names = self._by_initial.get(typed[0], [])
        found = process.extractOne(typed, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return (found[1], found[0]) if found else None


def _to_a_name(message: Message, first: int) -> bool:
    """« À Limoge »: with its capital, the form of a verb is a slip of the town's name."""
    sentence = message.starts_sentence(first)
    return message.key(first - 1) == "a" and message.capital(first) and not sentence


def _leads(message: Message, first: int) -> bool:
    before = message.key(first - 1)
    if first == 0:
        return False
    if before == "a" and message.words[first].raw.endswith(("é", "ée", "és", "ées")):
        return message.words[first - 1].raw.lower() == "à"
    if before == "a":
        return message.words[first - 1].raw.lower() != "a" or message.key(first - 2) not in (
            "il",
            "elle",
            "on",
            "y",
            "ca",
            "qui",
        )
    if before in ("le", "la", "l", "les"):
        return message.key(first - 2) in ("dans", "a", "sur", "vers")
    near = before in ("de", "d") and message.key(first - 2) in _NEAR
    return before in _TOWN_LEADS or near or before == "en"
