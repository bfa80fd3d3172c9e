"""Trades that somebody else practises."""

from collections.abc import Iterable, Mapping

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from knowledge.territories import normalise_name

_OF = frozenset(["de", "du", "des", "d"])
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une"])
_IS = frozenset(["est", "sont", "etait"])
_TO_ME = frozenset(["m", "me", "nous"])
_AUXILIARIES = frozenset(["a", "ont", "avait", "avaient", "en", "l", "y"])
_FURTHEST = 3


class OtherPeople:
    """Tells the trades of relatives, neighbours and suppliers; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._relations = _keys(vocabulary["relations"])
        self._last_words = frozenset(key.rpartition(" ")[2] for key in self._relations)
        self._neighbours = _keys(vocabulary["neighbours"])
        self._near_by = phrases({"near": vocabulary["near_by"]})
        self._tells = _keys(vocabulary["tells"])

    def practise(self, message: Message, first: int, last: int) -> bool:
        """Return whether the trade of the words `first` to `last` is that of another than the owner."""
        if not {"suis", "sommes"}.isdisjoint(message.keys[max(0, first - _FURTHEST) : first]):
            return False
        return (
            self._related(message, first)
            or self._of_neighbours(message, first)
            or (message.tight[last] and self._near_by.at(message, last + 1) is not None)
            or self._speaks(message, last)
        )

    def _related(self, message: Message, first: int) -> bool:
        """« Mon cousin maçon », « ma voisine est coiffeuse », « un ami qui est maçon »."""
        at = first - 1
        if message.key(at) in _IS:
            at -= 1 + (message.key(at - 1) == "qui")
        return at >= 1 and message.key(at) in self._last_words and message.tight[at]

    def _of_neighbours(self, message: Message, first: int) -> bool:
        """« Nos voisins de la pépinière »."""
        at = first - 1
        if message.key(at) in _ARTICLES:
            at -= 1
        return message.key(at) in _OF and message.key(at - 1) in self._neighbours

    def _speaks(self, message: Message, last: int) -> bool:
        """« Mon plombier m’a recommandé », « le boucher me dit »."""
        if message.key(last + 1) not in _TO_ME:
            return False
        for at in range(last + 2, last + 2 + _FURTHEST):
            if message.key(at) in self._tells:
                return True
            if message.key(at) not in _AUXILIARIES:
                return False
        return False


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise_name(word) for word in words)
