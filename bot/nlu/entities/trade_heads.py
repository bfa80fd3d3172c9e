"""What is done with a thing decides the division: making robes, letting them, mending them, teaching it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.nlu.entities.message import Message
from bot.nlu.entities.trade_words import NAMED, TAUGHT, Trade, keys

_LET, _RETAIL, _MEND, _TEACH = ("77", "N"), ("47", "G"), ("95", "S"), ("85", "P")
_FIT = ("43", "F")
_MACHINES, _CARS = ("33", "C"), ("45", "G")
# Machines and boats are mended by another division than watches and shoes, cars by a third.
_MENDED = {"25": _MACHINES, "28": _MACHINES, "30": _MACHINES, "33": _MACHINES, "29": _CARS, "45": _CARS}
# Made things that are fitted into buildings; machines are put up by division 33.
_FITTED = {"28": _MACHINES, "33": _MACHINES}
_OF_MAKERS, _LEISURE = "C", "R"
_TEACHER = "formateur"


class Heads:
    """Changes a trade by the word it depends on; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._what = {key: name for name, words in vocabulary["heads"].items() for key in keys(words)}
        self._resale = keys(vocabulary["resale"])
        self._starts = keys(vocabulary["starts"])

    def name(self, key: str) -> str:
        """Return what a word does with the thing after it, empty where it does nothing."""
        return self._what.get(key, "")

    def starts(self, message: Message, at: int) -> bool:
        """Return whether the word at this index begins its part of the message, and tells a trade there."""
        if message.key(at) not in self._starts and not self._alone_formation(message, at):
            return False
        return at == 0 or message.isolated(at, at) or any(mark in message.gap(at - 1) for mark in ",.;:!?\n(")

    def _alone_formation(self, message: Message, at: int) -> bool:
        # « Formation en couture, Roubaix » is a school's, « formation en anglais pour mes salariés » is not.
        end = at
        while end + 1 < len(message) and message.tight[end]:
            end += 1
        known = message.key(at) in ("formation", "formations")
        return known and end - at <= 3 and end + 1 < len(message)

    def change(self, trade: Trade, lead: str, head: bool = True) -> Trade:
        """Return the trade as the word before it makes it: « location de robes » is a letting firm's.

        `head`: that word is known to be the owner's; « vente » in « prix de vente du pain » is not.
        """
        what = self._what.get(lead, "") if head or lead not in self._starts else ""
        if what == "teach":
            return _moved(replace(trade, label=_TEACHER), _TEACH, False)
        if what == "let" and (trade.section == _LEISURE or (trade.context and trade.section == _OF_MAKERS)):
            return _moved(trade, _LET, False)
        if trade.kind == NAMED or trade.kind == TAUGHT:
            return trade
        if lead in self._resale or what == "sell":
            return (
                _moved(trade, _RETAIL, False)
                if trade.section == _OF_MAKERS or lead in self._resale
                else trade
            )
        if what == "repair" and trade.section in "CG":
            return _moved(trade, _MENDED.get(trade.division, _MEND), True)
        if what == "fit" and trade.section == _OF_MAKERS:
            return _moved(trade, _FITTED.get(trade.division, _FIT), True)
        return trade


def _moved(trade: Trade, to: tuple[str, str], craft: bool) -> Trade:
    return replace(trade, division=to[0], section=to[1], craft=craft, adviser=False)
