"""How many days a month an owner says, in figures or in words."""

from __future__ import annotations

import re

from text_to_num import alpha2digit, text2num

from knowledge.territories.names import fold

WEEKS = 4  # in a month, as people count
_COUNT = r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)"
_DAYS = re.compile(rf"(?:{_COUNT}\s*)?(demi[e\s-]*)?(?:journees?|jours?|jrs?|j)\b")
_BARE = re.compile(rf"[a-z\s]*?{_COUNT}(?: par mois)?[\s.!]*")
_FORTNIGHTLY = re.compile(
    r"\s*(?:tous les 15 jours|(?:toutes les|par) 2 semaines|1 semaine sur 2|par quinzaine)"
)
_WEEKLY = re.compile(r"(?:par|/|chaque|la|toutes les)\s*sem")
# Counted otherwise: « 10 jours par an », « un jour sur deux ».
_OTHERWISE = re.compile(r"\bpar (?:an|trimestre)\b|\bannee|\bsur \d")


def days_a_month(text: str, bare: bool = True) -> float | None:
    """Return the days a month that a text says (« deux jours », « 1 à 2 jours » the second, « un jour par semaine »).

    `bare`: a number alone counts as days. None where no number of days a month is said.
    """
    words = _in_figures(fold(text))
    rest = _FORTNIGHTLY.sub("", words)
    found = _DAYS.search(rest)
    if _OTHERWISE.search(rest):
        return None
    if found and (found[1] or found[2]):
        days = float((found[1] or "1").replace(",", ".")) * (0.5 if found[2] else 1)
    elif bare and (alone := _BARE.fullmatch(rest)):
        days = float(alone[1].replace(",", "."))
    else:
        return None
    return days * _times(words, rest)


def _times(words: str, rest: str) -> int:
    """Return how often a month."""
    if rest != words:
        return WEEKS // 2
    return WEEKS if _WEEKLY.search(words) else 1


def _in_figures(words: str) -> str:
    return re.sub(r"[a-z]+", lambda word: _figure(word[0]), alpha2digit(words, "fr"))


def _figure(word: str) -> str:
    try:
        return str(text2num(word, "fr"))
    except ValueError:
        return word
