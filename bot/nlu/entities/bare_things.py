"""Things named without a word of one's own: « code douanier bougies », « vendre du miel en Suisse »."""

from collections.abc import Mapping

from bot.nlu.entities.message import Message
from bot.nlu.entities.trade_words import MADE, NAMED, Trade, keys

# Sections of things, and of the trades whose name is that of a thing as well: « du cidre ».
_SECTIONS, _NAMED = frozenset("ABCFGHI"), frozenset("AC")
_NEAR = 4


class BareThings:
    """Tells whether a thing alone gives the owner's trade; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._dealing, self._bringing = keys(vocabulary["dealing"]), keys(vocabulary["bringing"])
        self._never = keys(vocabulary["never_bare"])

    def tells(self, message: Message, first: int, last: int, trade: Trade) -> bool:
        """Return whether the thing is dealt in by the owner: the message is about business, and not of buying."""
        if (
            trade.kind not in (NAMED, MADE)
            or trade.sure
            or trade.tool
            or trade.adviser
            or trade.section not in _SECTIONS
        ):
            return False
        if trade.section not in _NAMED if trade.kind == NAMED else not trade.alone:
            return False
        if " ".join(message.keys[first : last + 1]) in self._never:
            return False
        around = message.keys[max(0, first - _NEAR) : first] + message.keys[last + 1 : last + 1 + _NEAR]
        return not self._dealing.isdisjoint(around) and self._bringing.isdisjoint(around)
