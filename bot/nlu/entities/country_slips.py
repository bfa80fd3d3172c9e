"""Countries with a slip of the keyboard, after a preposition that leads to a country."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import Phrases
from bot.nlu.entities.spelling import sound
from knowledge.territories import normalise_name

_LEADS = frozenset(["en", "au", "aux", "vers"])
# Fitted on sentences: one slip in a name of at least five letters passes, two do not.
_LIKENESS, _SHORTEST, _CONFIDENCE = 88.0, 5, 0.7


class Named(Protocol):
    """What the slips need to know of a phrase of the vocabulary."""

    code: str
    kind: str
    guarded: bool


class CountrySlips:
    """Finds misspelt countries; `never` are French words that look like one."""

    def __init__(self, countries: Phrases[Named], never: Iterable[str]):
        self._meanings = countries.meanings
        self._words = frozenset(normalise_name(word) for word in never)
        names = list(_plain_names(countries))
        self._by_sound = {sound(name): name for name in names}
        self._by_initial: dict[str, list[str]] = {}
        for name in names:
            self._by_initial.setdefault(name[0], []).append(name)

    def find(self, message: Message) -> list[Entity]:
        """Return the first country that a word after « en », « au » or « vers » looks or sounds like."""
        for at in range(1, len(message)):
            key = message.keys[at]
            led = message.keys[at - 1] in _LEADS and not message.taken[at]
            name = self.alike(key) if led and len(key) >= _SHORTEST and key not in self._words else None
            if name:
                found = message.entity("country", at, at, self._meanings[name].code, {"kind": "name"})
                return [replace(found, confidence=_CONFIDENCE)]
        return []

    def alike(self, key: str) -> str | None:
        """Return the name that a word looks or sounds like, none for a name itself."""
        if key in self._meanings:
            return None
        if sound(key) in self._by_sound:
            return self._by_sound[sound(key)]
        names = self._by_initial.get(key[0], ())
        alike = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return alike[0] if alike else None


def _plain_names(countries: Phrases[Named]) -> Iterator[str]:
    for key, meaning in countries.meanings.items():
        plain = meaning.kind in ("name", "cldr") and not meaning.guarded
        if plain and " " not in key and len(key) >= _SHORTEST:
            yield key
