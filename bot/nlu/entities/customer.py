"""Things that the owner buys, waits for or loses: they tell no trade."""

from collections.abc import Mapping

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from bot.nlu.entities.trade_words import keys

_REACH = 5
_AFTER = 3
_MYSELF = frozenset(["j", "je", "jai"])


class Customer:
    """Tells what an owner is a customer of; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._bought = keys(vocabulary["bought"])
        self._bought_of_us = keys(vocabulary["bought_of_us"])
        self._possessive = keys(vocabulary["possessive"])
        self._between = keys(vocabulary["between"]) | self._possessive
        self._suffered = phrases({"suffered": vocabulary["suffered"]})

    def of(self, message: Message, first: int, last: int) -> bool:
        """Return whether the thing of the words `first` to `last` was bought, is awaited or was stolen."""
        at, own = first - 1, False
        while at > max(0, first - _REACH) and (
            message.keys[at] in self._between or message.keys[at].isdigit()
        ):
            own = own or message.keys[at] in self._possessive
            at -= 1
        if message.key(at) in self._bought and message.tight[at] and not self._of_us(message, at, own):
            return True
        for at in range(last + 1, min(len(message), last + 1 + _AFTER)):
            if not message.tight[at - 1]:
                return False
            if self._suffered.at(message, at):
                return True
        return False

    def _of_us(self, message: Message, at: int, own: bool) -> bool:
        """« Ils veulent acheter nos montres » are the owner's, « j'achète mes perles » are not."""
        if message.key(at - 1) in _MYSELF:
            return False
        return (own or message.key(at - 1) in ("qui", "ki")) and message.key(at) in self._bought_of_us
