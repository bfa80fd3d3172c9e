"""Sums that no project costs.

What a firm earns (« 60 000 de CA »), what it is owed (« me doit 8 000 € »), what is paid again and again (« 300 euros
par mois »): a scheme that pays half of a project pays half of none of these.
"""

from __future__ import annotations

import re
from typing import Any

_TURNOVER = r"(?:ca|c\.a\.|chiffres?(?: d'affaires?)?)"
_PERIOD = r"(?:(?:par|/|chaque)\s*(?:mois|ans?|année|jour|heure)\b|mensuel)"
_OWES = r"(?:doit|doivent|devait)(?: encore| toujours)?"
_SHORTER = r"(?:(?:par|/|chaque)\s*(?:mois|jour|heure|semaine|trimestre)\b|mensuel)"
_EARNED_BEHIND = re.compile(
    rf"\s*(?:euros?|€)?\s*(?:de|en|d')?\s*{_TURNOVER}(?!\w)(?!\s*{_SHORTER})", re.IGNORECASE
)
_SHORTER_BEHIND = re.compile(rf"\s*(?:euros?|€)?\s*{_SHORTER}", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*(?:euros?|€)?\s*(?:(?:de|en|d')?\s*{_TURNOVER}(?!\w)|{_PERIOD})", re.IGNORECASE)
_BEFORE = re.compile(rf"\b{_TURNOVER}\s*(?:annuel)?\s*(?:de|est de|:|=|environ)?\s*$", re.IGNORECASE)
_OWED = re.compile(rf"\b{_OWES}\s*$", re.IGNORECASE)


def is_turnover(text: str, amount: dict[str, Any]) -> bool:
    """Tell whether the words around an amount of `text` say that it is what the firm earns in a year."""
    text = text.replace("\u2019", "'")
    end = amount.get("end", len(text))
    if _EARNED_BEHIND.match(text, end):
        return True
    return bool(_BEFORE.search(text[: amount.get("start", 0)])) and not _SHORTER_BEHIND.match(text, end)


def is_no_cost(text: str, amount: dict[str, Any], owed: bool) -> bool:
    """Tell whether the words around an amount of `text` say that it is not what a project costs.

    `owed`: what a customer owes is what the message is about, so that such a sum is kept.
    """
    text = text.replace("\u2019", "'")
    before = text[: amount.get("start", 0)]
    behind = _BEHIND.match(text, amount.get("end", len(text)))
    return bool(behind or _BEFORE.search(before) or (not owed and _OWED.search(before)))
