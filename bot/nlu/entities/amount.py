"""Sums of money in whole euros."""

import re
from dataclasses import dataclass

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import Number, find_numbers

_FIGURE = re.compile(
    r"(?<![\w.,+])(?P<figure>(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,9})(?:[.,]\d{1,2})?)(?!\d)"
    r"[ \u00a0\u202f]?(?P<scale>(?:k|mille|milliers?|millions?)(?![^\W\d_])|[km](?=[ \u00a0\u202f]?€)"
    r"|m(?=\seuros?\b)|k(?=euros?\b|eur\b))?"
    r"[ \u00a0\u202f]?(?:d['’]|de[ \u00a0\u202f])?(?P<unit>€|(?:euros?|eur|balles|roros?)\b)?"
    r"(?P<e>(?<=\d)[ \u00a0\u202f]?e\b(?!\s?-?\s?(?:mail|shop|commerce)))?",
    re.IGNORECASE,
)
_TAX = re.compile(r"\s?(?:ht|ttc|hors taxes?)\b", re.IGNORECASE)
_BEFORE = re.compile(r"€[ \u00a0\u202f]?$")
# What joins the two ends of a range: « entre 3000 et 5000 euros ».
_LINK = re.compile(r"\s?(?:-|–|/)\s?|\s(?:à|a|et|ou)\s", re.IGNORECASE)
# What is counted in thousands and is no money: « 10k abonnés ».
_COUNTED = re.compile(
    r"\s*(?:d['’]|de\s)?(?:abonn|follow|fan|vue|visite|km|kilom|client|habitant|produit|r[ée]f|m²|m2|kg|pi[èe]ce"
    r"|article|contact|mail|email|utilisateur|ligne|photo|go\b|exemplaire|bouteille|tonne)",
    re.IGNORECASE,
)
# Words that make a bare figure a sum: « un budget de 3000 ».
_BUDGET = re.compile(
    r"\b(?:budget|devis|apport|emprunter|emprunt|pr[êe]t|facture|acompte|ardoise|impay[ée]s?|subvention)\b"
    r"(?:[\s:=,]*\b(?:est|serait|sera|fait|de|d|environ|autour|max|maxi|maximum|entre|dans|les|disons|plut[ôo]t|à|a|c|genre)\b['’]?){0,4}"
    r"[\s:=,]*$",
    re.IGNORECASE,
)
_BARE_END = re.compile(
    r"\s*(?:$|[.,;!?)\n]|(?:max|maxi|maximum|environ|ht|ttc|pour|par|et|à|a|ou|mais|grand|plut[ôo]t|finalement|pas|en"
    r"|donc|de\sbudget)\b)",
    re.IGNORECASE,
)
# « Dix mille de budget ».
_OF_BUDGET = re.compile(
    r"\s*(?:max|maxi|maximum|environ|à peu près)?\s*(?:de|comme|en)\s(?:budget|apport)\b", re.IGNORECASE
)
_UNITS = frozenset(["euro", "euros", "eur", "balles"])
_COLLECTIVE = {"dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50}
_COLLECTIVE |= {"centaine": 100, "millier": 1_000}
_WINDOW = 60
# Euros: a smaller number after « budget » is more likely a number of months or of a year.
_SMALLEST_BARE = 100
_YEARS = range(2010, 2041)


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


def find_amounts(message: Message) -> list[Entity]:
    """Return the sums of money, rounded to whole euros; a range gives its two ends."""
    return _in_figures(message) + _in_words(message)


def _in_figures(message: Message) -> list[Entity]:
    text = message.text
    sums = [_sum(found, text) for found in _FIGURE.finditer(text)]
    for low, high in zip(sums, sums[1:], strict=False):
        if high.sure and not low.sure and _LINK.fullmatch(text[low.end : high.start]):
            low.sure = True
            low.scale = _scale_of_low(low, high)
    return [message.span("amount", s.start, s.end, s.value) for s in sums if s.sure and s.value > 0]


def _scale_of_low(low: _Sum, high: _Sum) -> int:
    """« Entre 10 et 15k » and « entre 2 et 3000 euros » are both in thousands."""
    if low.scale != 1 or low.figure >= 1_000:
        return low.scale
    if high.scale == 1 and low.figure < 100 and low.figure * 1_000 < high.figure:
        return 1_000
    return high.scale


def _sum(found: re.Match[str], text: str) -> _Sum:
    figure = _figure(found["figure"])
    scale = _scale(found["scale"])
    end = max(found.end(group) for group in ("figure", "scale", "unit", "e"))
    before, after = text[max(0, found.start() - _WINDOW) : found.start()], text[end : end + _WINDOW]
    if found["unit"] or _BEFORE.search(before) or _TAX.match(after):
        sure = True
    elif found["e"]:
        sure = figure >= 100
    elif _COUNTED.match(after):
        sure = False
    elif found["scale"]:
        sure = found["scale"].lower() == "k" or (scale == 1_000_000 and bool(_BARE_END.match(after)))
    else:
        year = figure in _YEARS and len(found["figure"]) == 4
        sure = figure >= _SMALLEST_BARE and not year and _budgeted(before, after)
    return _Sum(found.start(), end, figure, scale, sure)


def _budgeted(before: str, after: str) -> bool:
    """Whether words of a budget make a number without unit a sum."""
    said = bool(_BUDGET.search(before)) and bool(_BARE_END.match(after))
    return said or bool(_OF_BUDGET.match(after))


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
    return 1_000 if written[0].lower() == "k" or written.lower().startswith(("mille", "k")) else 1_000_000


def _in_words(message: Message) -> list[Entity]:
    numbers = [n for n in find_numbers(message) if not message.key(n.first - 1).isdecimal() and n.value > 0]
    found = []
    for at, number in enumerate(numbers):
        unit = _unit_after(message, number)
        low = numbers[at - 1] if at and _range(message, numbers[at - 1], number) else None
        begins = low or number
        if not number.spelled or (unit is None and not _told_as_budget(message, begins, number)):
            continue
        found.append(message.entity("amount", number.first, unit or number.last, number.value))
        if low:
            found.append(message.entity("amount", low.first, low.last, _low_end(low.value, number.value)))
    return found + _collective(message)


def _range(message: Message, low: Number, high: Number) -> bool:
    """Whether the two are one range; « on est deux et trois mille euros » is none."""
    link = message.key(low.last + 1)
    between = link == "et" and message.key(low.first - 1) == "entre"
    return low.spelled and low.last + 2 == high.first and (link in ("a", "ou") or between)


def _told_as_budget(message: Message, begins: Number, number: Number) -> bool:
    start, end = message.words[begins.first].start, message.words[number.last].end
    before, after = message.text[max(0, start - _WINDOW) : start], message.text[end : end + _WINDOW]
    return number.value >= _SMALLEST_BARE and number.value not in _YEARS and _budgeted(before, after)


def _low_end(low: int, high: int) -> int:
    """« Deux à trois mille euros » begins at two thousand, « cent à deux cents » at a hundred."""
    for scale in (1_000_000, 1_000, 100):
        if high % scale == 0 and high >= scale > low and low * scale < high:
            return low * scale
    return low


def _unit_after(message: Message, number: Number) -> int | None:
    """Return the word of the unit that follows the number, through « d’ » or the other end of a range."""
    at = number.last + 1
    if message.key(at) in ("d", "de"):
        at += 1
    return at if message.key(at) in _UNITS else None


def _collective(message: Message) -> list[Entity]:
    found = []
    for at, key in enumerate(message.keys):
        if key in _COLLECTIVE and message.key(at + 1) in ("d", "de") and message.key(at - 1) in ("un", "une"):
            scale = 1_000 if message.key(at + 2) in ("mille", "milliers") else 1
            unit = at + 2 if scale == 1 else at + 4
            if message.key(unit) in _UNITS:
                found.append(message.entity("amount", at, unit, _COLLECTIVE[key] * scale))
    return found
