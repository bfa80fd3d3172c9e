"""Sums of money in whole euros."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.money_context import SMALLEST, Bare, MoneyContext, is_year
from bot.nlu.entities.numbers import Number, find_numbers
from knowledge.territories.names import normalise_name

_FIGURE = (
    r"(?<![\w.,+])(?P<figure>(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,9})(?:[.,]\d{1,2})?)(?!\d)"
    r"[ \u00a0\u202f]?(?P<scale>(?:k|mil(?:les?)?|milliers?|millions?)(?![^\W\d_])|[km](?=[ \u00a0\u202f]?€)"
    r"|m(?=\seuros?\b)|k(?=euros?\b|eur\b))?"
    r"[ \u00a0\u202f]?(?:d['’]|de[ \u00a0\u202f])?(?P<unit>€|(?:%s)\b)?"
    r"(?P<e>(?<=\d)[ \u00a0\u202f]?e\b(?!\s?-?\s?(?:mail|shop|commerce)))?"
)
_TAX = re.compile(r"\s?(?:ht|ttc|hors taxes?)\b", re.IGNORECASE)
_BEFORE = re.compile(r"€[ \u00a0\u202f]?$")
# What joins the two ends of a range: « entre 3000 et 5000 euros ».
_LINK = re.compile(r"\s?(?:-|–|/)\s?|\s(?:à|a|et|ou)\s(?:(?:de|dans les)\s)?", re.IGNORECASE)
_WINDOW = 60
_DEFINITIONS = (2, 4, 6, 8)
_POSTCODE = 5


@dataclass
class _Sum:
    """A figure that may be a sum.

    `scale` and `sure` (a unit or its like was said) can come from its range.
    """

    start: int
    end: int
    figure: float
    scale: int
    sure: bool

    @property
    def value(self) -> int:
        return round(self.figure * self.scale)


class Amounts:
    """Finds sums of money; built from `vocabularies/amount.yml`."""

    def __init__(self, vocabulary: Mapping):
        units = sorted(vocabulary["units"], key=len, reverse=True)
        self._figure = re.compile(_FIGURE % "|".join(map(re.escape, units)), re.IGNORECASE)
        self._units = _forms(units)
        self._loose = _forms(vocabulary["loose_units"])
        counted = "|".join(map(re.escape, vocabulary["counted"]))
        self._counted = re.compile(rf"\s*(?:d['’]|de\s)?(?:{counted})", re.IGNORECASE)
        pictures = "|".join(map(re.escape, vocabulary["pictures"]))
        self._pictures = re.compile(rf"\b(?:{pictures})\s*$", re.IGNORECASE)
        self._collective: dict[str, int] = vocabulary["collective"]
        self._context = MoneyContext(vocabulary)

    def find(self, message: Message) -> list[Entity]:
        """Return the sums of money, rounded to whole euros; a range gives its two ends."""
        figures = self._in_figures(message)
        return figures + self._in_words(message) + self._grouped(message)

    def _in_figures(self, message: Message) -> list[Entity]:
        text = message.text
        sums = [self._sum(found, message) for found in self._figure.finditer(text)]
        for low, high in zip(sums, sums[1:], strict=False):
            if low.sure and high.sure or not _LINK.fullmatch(text[low.end : high.start]):
                continue
            high.sure = high.sure or self._bare_range(message, low, high)
            if high.sure and not low.sure:
                low.sure, low.scale = True, _scale_of_low(low, high)
        return [message.span("amount", s.start, s.end, s.value) for s in sums if s.sure and s.value > 0]

    def _sum(self, found: re.Match[str], message: Message) -> _Sum:
        figure, scale = _figure(found["figure"]), _scale(found["scale"])
        end = max(found.end(group) for group in ("figure", "scale", "unit", "e"))
        result = _Sum(found.start(), end, figure, scale, False)
        text = message.text
        before, after = text[max(0, found.start() - _WINDOW) : found.start()], text[end : end + _WINDOW]
        if found["unit"]:
            loose = found["unit"].lower() in self._loose
            result.sure = not loose or (figure >= SMALLEST and not re.match(r"\s(?:de|d['’])", after))
        elif _BEFORE.search(before) or _TAX.match(after):
            result.sure = True
        elif found["e"]:
            result.sure = figure >= SMALLEST
        elif self._counted.match(after):
            result.sure = False
        elif found["scale"] and not text[: found.start()].strip() and not after.strip(" .!?"):
            result.sure = True
        elif found["scale"] and found["scale"].lower() == "k":
            result.sure = figure not in _DEFINITIONS or not self._pictures.search(before)
        else:
            result.sure = result.value >= 10 and self._bare(message, result, found["figure"])
        return result

    def _bare(self, message: Message, found: _Sum, written: str) -> bool:
        first, last = _words(message, found.start, found.end)
        digits = written.isdecimal() and found.scale == 1
        number = Bare(
            first,
            last,
            found.value,
            postcode=digits and len(written) == _POSTCODE,
            year=digits and is_year(found.value),
        )
        return not any(message.taken[first : last + 1]) and self._context.is_money(message, number)

    def _bare_range(self, message: Message, low: _Sum, high: _Sum) -> bool:
        """« Un budget entre 3000 et 5000 »."""
        whole = _Sum(low.start, high.end, high.figure, high.scale, False)
        rising = high.value >= SMALLEST and _low_value(low, high) < high.value
        return rising and self._bare(message, whole, "")

    def _in_words(self, message: Message) -> list[Entity]:
        numbers = [n for n in find_numbers(message) if not _after_figure(message, n) and n.value > 0]
        found = []
        for at, number in enumerate(numbers):
            if not number.spelled or self._of_group(message, number):
                continue
            unit = self._unit_after(message, number)
            low = numbers[at - 1] if at and _range(message, numbers[at - 1], number) else None
            value = number.value if unit else _short_hundreds(message, number)
            begins = (low or number).first
            whole = self._context.is_answer(message, begins, number.last)
            if unit is None and not whole and not self._bare_words(message, begins, number.last, value):
                continue
            found.append(message.entity("amount", number.first, unit or number.last, value))
            if low:
                low_value = _low_end(low.value, value)
                found.append(message.entity("amount", low.first, low.last, low_value))
        return found

    def _of_group(self, message: Message, number: Number) -> bool:
        """Whether the number is the « mille » of « une trentaine de mille euros »."""
        return message.key(number.first - 1) == "de" and message.key(number.first - 2) in self._collective

    def _bare_words(self, message: Message, first: int, last: int, value: int) -> bool:
        return value >= SMALLEST and self._context.is_money(
            message, Bare(first, last, value, year=is_year(value) and value > 2_000)
        )

    def _unit_after(self, message: Message, number: Number) -> int | None:
        """Return the word of the unit that follows the number, through « d’ » or the other end of a range."""
        at = number.last + 1
        if message.key(at) in ("d", "de"):
            at += 1
        key = message.key(at)
        loose = key in self._loose and (number.value < SMALLEST or message.key(at + 1) in ("de", "d"))
        if number.value == 1 and not key.startswith("eur"):
            return None
        return at if key in self._units and not loose else None

    def _grouped(self, message: Message) -> list[Entity]:
        """« Une centaine d'euros », « une dizaine de milliers d'euros »."""
        found: list[Entity] = []
        if self._collective.keys().isdisjoint(message.keys):
            return found
        for at, key in enumerate(message.keys):
            if key not in self._collective or message.key(at + 1) not in ("d", "de"):
                continue
            scale = 1_000 if message.key(at + 2) in ("mille", "milliers") else 1
            unit = at + 2 if scale == 1 else at + (3 if message.key(at + 2) == "mille" else 4)
            if message.key(at - 1) in ("un", "une") and message.key(unit) in self._units:
                found.append(message.entity("amount", at, unit, self._collective[key] * scale))
        return found


def _words(message: Message, start: int, end: int) -> tuple[int, int]:
    """Return the first and the last word that `text[start:end]` covers."""
    first = bisect_right(message.words, start, key=lambda word: word.end)
    return first, max(first, bisect_left(message.words, end, key=lambda word: word.start) - 1)


def _scale_of_low(low: _Sum, high: _Sum) -> int:
    """« Entre 10 et 15k » and « entre 2 et 3000 euros » are both in thousands."""
    if low.scale != 1 or low.figure >= 1_000:
        return low.scale
    near = low.figure < 100 or low.figure * 2_000 > high.figure
    if high.scale == 1 and near and low.figure * 1_000 < high.figure:
        return 1_000
    return high.scale if low.figure < 100 or high.scale != 1_000 else 1


def _low_value(low: _Sum, high: _Sum) -> float:
    return low.figure * _scale_of_low(low, high)


def _figure(written: str) -> float:
    head, comma, cents = written.rpartition(",")
    if not comma:
        head, point, cents = written.rpartition(".")
        if point and len(cents) == 3:
            head, cents = written, ""
    whole = re.sub(r"\D", "", head or cents)
    return float(f"{whole}.{cents if head else 0}" if cents else whole)


def _scale(written: str | None) -> int:
    if not written:
        return 1
    scale = written.lower()
    return 1_000_000 if scale == "m" or scale.startswith("million") else 1_000


def _after_figure(message: Message, number: Number) -> bool:
    """Whether the word follows a figure, as « mille » in « 3 mille »."""
    return message.key(number.first - 1).isdecimal() and message.tight[number.first - 1]


def _short_hundreds(message: Message, number: Number) -> int:
    """« Trois mille cinq » without unit is 3,500."""
    units, thousands = number.value % 1_000, message.key(number.last - 1)
    if 0 < units < 10 and thousands in ("mille", "mil", "milles"):
        return number.value + units * 99
    return number.value


def _range(message: Message, low: Number, high: Number) -> bool:
    """Whether the two are one range; « on est deux et trois mille euros » is none."""
    link = message.key(low.last + 1)
    between = link == "et" and message.key(low.first - 1) == "entre"
    return low.spelled and low.last + 2 == high.first and (link in ("a", "ou") or between)


def _low_end(low: int, high: int) -> int:
    """« Deux à trois mille euros » begins at two thousand, « cent à deux cents » at a hundred."""
    for scale in (1_000_000, 1_000, 100):
        if high % scale == 0 and high >= scale > low and low * scale < high:
            return low * scale
    return low


def _forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise_name(word) for word in words)
