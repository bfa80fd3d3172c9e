"""Countries, peoples and foreign cities written as they sound, and countries with a slip of the keyboard."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import Phrases
from bot.nlu.entities.spelling import sound
from knowledge.territories import normalise_name

# Fitted on sentences: one slip in a name of at least five letters passes, two do not.
_LIKENESS, _SHORTEST = 88.0, 5
# Letters of the sketch: a shorter one is that of too many other words.
_SHORTEST_SKETCH = 5
_sound = lru_cache(maxsize=20_000)(sound)


class Named(Protocol):
    """What the slips need to know of a phrase of the vocabulary."""

    code: str
    kind: str
    guarded: bool


class CountrySlips:
    """Finds misspelt countries; `never` are French words that look like one, `leads` the words before one."""

    def __init__(self, countries: Phrases[Named], never: Iterable[str], leads: Iterable[str] = ()):
        self._meanings = countries.meanings
        self._words = frozenset(normalise_name(word) for word in never)
        self._leads = frozenset(leads)
        names = list(_plain_names(countries, ("name", "cldr")))
        self._by_sound = {sound(name): name for name in names}
        self._heard = {sound(name): name for name in _plain_names(countries, ("city", "people"))}
        self._heard |= self._by_sound
        self._by_initial: dict[str, list[str]] = {}
        for name in names:
            self._by_initial.setdefault(name[0], []).append(name)

    def find(self, message: Message, held: set[int]) -> Iterator[tuple[int, str]]:
        """Yield each word not `held` that is a misspelt name, and that name in comparison form."""
        for at, key in enumerate(message.keys):
            if len(key) < _SHORTEST or key in self._words or at in held or message.taken[at]:
                continue
            led = at > 0 and message.keys[at - 1] in self._leads
            name = self.named(key) if led else self.heard(key)
            if name:
                yield at, name

    def alike(self, key: str) -> str | None:
        """Return the name that a word looks or sounds like, none for a name itself."""
        return None if key in self._meanings else self.named(key) or self.heard(key)

    def heard(self, key: str) -> str | None:
        """Return the country, people or city that a word sounds like."""
        sketch = _sound(key)
        return self._heard.get(sketch) if len(sketch) >= _SHORTEST_SKETCH else None

    def named(self, key: str) -> str | None:
        """Return the country that a word sounds or looks like."""
        found = self._by_sound.get(_sound(key))
        if found or key in self._meanings:
            return found
        names = self._by_initial.get(key[0], ())
        alike = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return alike[0] if alike else self.heard(key)


def _plain_names(countries: Phrases[Named], kinds: Iterable[str]) -> Iterator[str]:
    for key, meaning in countries.meanings.items():
        plain = meaning.kind in kinds and not meaning.guarded
        if plain and " " not in key and len(key) >= _SHORTEST:
            yield key
