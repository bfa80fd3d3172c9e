"""SIREN and SIRET numbers: digits in any grouping, kept only where the check digit is right."""

import re
from collections.abc import Iterator

from stdnum.fr import siren, siret

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message

_RUN = re.compile(r"(?<!\d)\d[\d .\-\u00a0\u202f]{7,40}\d(?!\d)")
_GROUP = re.compile(r"\d+")
_NAMED = re.compile(r"\b(?:siren|siret|rcs)\b[^\d\n]{0,30}$", re.IGNORECASE)
_LENGTHS = (14, 9)
# Nine digits from 0 look like a phone number; the firms of before 1973 that have them write groups of three.
_BY_THREES = [3, 3, 3]
Option = tuple[int, int, int, str]


def find_sirets(message: Message) -> list[Entity]:
    """Return the SIREN and SIRET numbers, as digits, with a right check digit (La Poste's own rule too)."""
    return [
        message.span("siret", start, end, digits)
        for start, end, digits in _candidates(message.text)
        if _valid(digits)
    ]  # fmt: skip


def old_firms(text: str) -> list[tuple[int, int]]:
    """Return the spans of the right numbers that begin with 00, as the prefix of a foreign phone number does.

    Establishments are numbered from 00001, so fourteen digits that no word names a SIRET need such an end.
    """
    if "00" not in text:
        return []
    return [
        (start, end)
        for start, end, digits in _candidates(text)
        if digits.startswith("00")
        and _valid(digits)
        and (len(digits) == 9 or digits[9:12] == "000" or _NAMED.search(text[:start]))
    ]


def find_invalid_siret(text: str) -> str | None:
    """Return the digits of what the message calls, or writes like, a SIRET but whose check digit is wrong."""
    wrong = None
    for start, _, digits in _candidates(text):
        if _valid(digits):
            return None
        if len(digits) == 14 or _NAMED.search(text[:start]):
            wrong = wrong or digits
    return wrong


def _valid(digits: str) -> bool:
    if len(set(digits)) == 1:
        return False
    return siret.is_valid(digits) if len(digits) == 14 else siren.is_valid(digits)


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of 14 or 9 digits that begin and end with a group; none overlap."""
    for run in _RUN.finditer(text):
        groups = [
            (run.start() + g.start(), run.start() + g.end(), g.group()) for g in _GROUP.finditer(run.group())
        ]
        at = 0
        while at < len(groups):
            found = _best(text, groups, at)
            if found:
                yield found[1:]
            at = found[0] if found else at + 1


def _best(text: str, groups: list[tuple[int, int, str]], first: int) -> Option | None:
    """Return the index after the span, its start, end and digits; a valid span goes before an invalid one."""
    options = []
    digits = ""
    for after, (_, end, group) in enumerate(groups[first:], first + 1):
        digits += group
        said = groups[first:after]
        if len(digits) in _LENGTHS and (not digits.startswith("0") or _old_firm(text, said, digits)):
            options.append((after, groups[first][0], end, digits))
        if len(digits) >= max(_LENGTHS):
            break
    options = [o for o in options if not _is_wrong_siret_head(o, options)]
    options.sort(key=lambda option: (not _valid(option[3]), -len(option[3])))
    return options[0] if options else None


def _old_firm(text: str, groups: list[tuple[int, int, str]], digits: str) -> bool:
    """Whether digits that begin with 0 are the number of a firm of before 1973."""
    if not _valid(digits):
        return False
    by_threes = [len(group) for _, _, group in groups[:3]] == _BY_THREES
    return len(digits) == 14 or by_threes or bool(_NAMED.search(text[: groups[0][0]]))


def _is_wrong_siret_head(option: Option, options: list[Option]) -> bool:
    # Establishments are numbered from 00001: other digits after a SIREN are a postcode.
    return len(option[3]) == 9 and any(o[3][9:12] in ("000", "001") for o in options)
