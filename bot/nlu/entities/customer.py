"""Things that the owner buys, waits for or loses: they tell no trade."""

from collections.abc import Mapping

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from bot.nlu.entities.trade_words import keys

_REACH = 5
_AFTER = 3
_STOPS = frozenset(["pour", "et", "donc", "car", "mais"])


class Customer:
    """Tells what an owner is a customer of; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._bought = keys(vocabulary["bought"])
        self._suffered = phrases({"suffered": vocabulary["suffered"]})

    def of(self, message: Message, first: int, last: int) -> bool:
        """Return whether the thing of the words `first` to `last` was bought, is awaited or was stolen."""
        for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
            if message.keys[at] in _STOPS or not message.tight[at]:
                break
            if message.keys[at] in self._bought:
                return True
        for at in range(last + 1, min(len(message), last + 1 + _AFTER)):
            if not message.tight[at - 1]:
                return False
            if self._suffered.at(message, at):
                return True
        return False
