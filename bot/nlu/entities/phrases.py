"""The longest phrases of a vocabulary that stand in a message."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from bot.nlu.entities.message import Message
from knowledge.territories.names import normalise_name

Meaning = TypeVar("Meaning")


def reach(keys: Iterable[str]) -> dict[str, int]:
    """Return, for each first word of the keys, the number of words of its longest key."""
    longest: dict[str, int] = {}
    for key in keys:
        first, count = key.partition(" ")[0], key.count(" ") + 1
        if count > longest.get(first, 0):
            longest[first] = count
    return longest


class Phrases(Generic[Meaning]):
    """A vocabulary: what each phrase, in the form of `normalise_name`, means."""

    def __init__(self, meanings: Mapping[str, Meaning]):
        self.meanings = meanings
        self._reach = reach(meanings)

    def at(self, message: Message, first: int) -> tuple[int, Meaning] | None:
        """Return the last word and the meaning of the longest phrase that begins at word `first`."""
        room = self._reach.get(message.keys[first], 0)
        last = first
        while room > 1 and last + 1 < len(message) and message.tight[last] and not message.taken[last + 1]:
            last, room = last + 1, room - 1
        for end in range(last, first - 1, -1):
            meaning = self.meanings.get(" ".join(message.keys[first : end + 1]))
            if meaning is not None:
                return end, meaning
        return None

    def scan(self, message: Message) -> Iterator[tuple[int, int, Meaning]]:
        """Yield first word, last word and meaning of each phrase, longest first at each word, none twice."""
        at = 0
        while at < len(message):
            found = None if message.taken[at] else self.at(message, at)
            if found:
                yield at, *found
            at = found[0] + 1 if found else at + 1


def phrases(lists: Mapping[str, Iterable[str]]) -> Phrases[str]:
    """Return a vocabulary from lists of phrases by meaning."""
    return Phrases({normalise_name(str(phrase)): name for name, found in lists.items() for phrase in found})
