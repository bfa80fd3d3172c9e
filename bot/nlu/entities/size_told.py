"""Headcounts told without the word of who is counted: corrections, conclusions, numbers that open."""

from collections.abc import Mapping

from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import Number, is_part
from bot.nlu.entities.size_alone import forms

_LARGEST = 500
_WE_ARE = frozenset(
    [("on", "est"), ("on", "e"), ("on", "n"), ("on", "nest"), ("nous", "sommes"), ("nous", "serons")]
)
_MARKS = ",.;:!?)«»\n"


class Told:
    """Judges bare numbers; built from `vocabularies/company_size.yml`."""

    def __init__(self, vocabulary: Mapping):
        names = (
            "told",
            "told_after",
            "people_counted",
            "opening_after",
            "family",
            "headcount",
            "headcount_between",
            "only",
            "together",
        )
        self._lists = {name: forms(vocabulary[name]) for name in names}
        self._counted = self._lists["people_counted"] | self._lists["family"]

    def is_headcount(self, message: Message, number: Number, numbers: list[Number]) -> bool:
        """Return whether the message tells that the bare number is the staff of the firm."""
        if not 0 <= number.value <= _LARGEST or is_part(message, number):
            return False
        if self._named(message, number.first):
            return number.value != 1 or not number.spelled
        if self._opens(message, number):
            return True
        if not self._bare(message, number):
            return False
        if self._instead(message, number, numbers):
            return True
        return self._concluded(message, number) and self._of_people(message)

    def only(self, message: Message, number: Number) -> bool:
        """Return whether « un seul » of a staff follows; firms that share « un seul technicien » have none."""
        one = number.value == 1 and message.key(number.last + 1) in self._lists["only"]
        denied = message.key(number.first - 1) == "pas" or message.key(number.last + 2) == "aide"
        return one and not denied and self._lists["together"].isdisjoint(message.keys)

    def denied(self, message: Message, number: Number) -> bool:
        """Return whether the number is said not to be the right one: « pas trente », « et non de 43 »."""
        at = number.first - 1
        while message.key(at) in ("de", "des", "les", "a"):
            at -= 1
        before = message.key(at)
        if before in ("pas", "lieu"):
            return message.key(at + 1) not in ("de",) or before == "lieu"
        if before == "non":
            return message.key(at - 1) == "et"
        near = message.keys[max(0, at - 3) : at]
        return before == "plus" and (not {"n", "ne", "nest"}.isdisjoint(near) and at == number.first - 1)

    def _named(self, message: Message, first: int) -> bool:
        """« L'effectif exact est de 34 »."""
        at = first - 1
        while at >= 0 and first - at < 6 and message.key(at) in self._lists["headcount_between"]:
            at -= 1
        return message.key(at) in self._lists["headcount"]

    def _opens(self, message: Message, number: Number) -> bool:
        """« 7 dont deux apprentis », « 3 avec ma femme »."""
        before = message.gap(number.first - 1) if number.first else ","
        if not any(mark in before for mark in _MARKS) and number.first != 0:
            return False
        if message.gap(number.last).strip():
            return False
        at = number.last + 1
        found = [n for n in (1, 2) if " ".join(message.keys[at : at + n]) in self._lists["opening_after"]]
        following = message.keys[at + found[0] : at + found[0] + 4] if found else []
        if number.value > 1 and not self._counted.isdisjoint(following):
            return True
        alone = bool(found) and at + found[0] >= len(message)
        return alone and self._of_people(message)

    def _concluded(self, message: Message, number: Number) -> bool:
        for length in (4, 3, 2, 1):
            start = number.first - length
            if start >= 0 and " ".join(message.keys[start : number.first]) in self._lists["told"]:
                return True
        return False

    def _instead(self, message: Message, number: Number, numbers: list[Number]) -> bool:
        """« Ce n'est plus 6 mais 7 », « pas trente, trois »: another bare number was denied right before."""
        for other in numbers:
            if other.last >= number.first or not self.denied(message, other):
                continue
            between = message.keys[other.last + 1 : number.first]
            spelled = other.spelled and number.spelled
            if between in (["mais"], ["me"]) and number.value < 100 > other.value:
                return True
            if not between and (spelled or self._of_people(message)):
                return True
        return False

    def _bare(self, message: Message, number: Number) -> bool:
        at, gap = number.last + 1, message.gap(number.last)
        ends = at >= len(message) or any(mark in gap for mark in _MARKS)
        return ends or message.key(at) in self._lists["told_after"]

    def _of_people(self, message: Message) -> bool:
        if not self._lists["people_counted"].isdisjoint(message.keys):
            return True
        return any(pair in _WE_ARE for pair in zip(message.keys, message.keys[1:], strict=False))
