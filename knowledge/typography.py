"""French typography, added when a text is shown: editors write with the plain keyboard."""

import re
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

NO_BREAK, THIN = "\u00a0", "\u202f"
_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "\u2019"),
    (re.compile(r" (?=[;!?])"), THIN),
    (re.compile(r" (?=[:»€%])"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\d) (?=(M€|Md€|salari|mois|ans?\b|h\b))"), NO_BREAK),
)
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


def french(text: str) -> str:
    """Return `text` with typographic apostrophes and the non-breaking spaces French wants."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _THOUSANDS.sub(lambda found: found[0].replace(" ", THIN), text)


def phone(dialled: str) -> str:
    """Return a number as France writes it: those in 08 begin « 0 8xx » (Arcep's special numbers), the others
    stay as the editor wrote them.
    """
    digits = dialled.replace(" ", "")
    if len(digits) != 10 or not digits.startswith("08") or dialled.startswith("0 8"):
        return dialled
    return f"0 {digits[1:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}"


def number(value: float) -> str:
    """Return a number as France writes it: 1 500,5."""
    return format_decimal(value, locale="fr_FR")


def day(partial: str, first: str) -> str:
    """Return a date as precise as it is known: « 2024 », « juin 2024 », « 28 juin 2024 »; `first` is « 1er
    ».
    """
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 1:
        return partial
    moment = date(*parts) if len(parts) == 3 else date(*parts, 1)
    text = format_date(moment, "MMMM y" if len(parts) == 2 else "d MMMM y", locale="fr_FR")
    return first + text[1:] if len(parts) == 3 and parts[2] == 1 else text


def within(text: str) -> str:
    """Return a sentence as it stands inside another: without its capital (unless a name or an acronym) and
    full stop.
    """
    lowered = text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in "' " else text
    return lowered.rstrip(".")
