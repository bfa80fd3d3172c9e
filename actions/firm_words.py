"""What a message tells of the firm beside its place, trade and headcount, and what aids turn on: how old it is, and its
legal form. (Its turnover is a sum: `sums.py`.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from knowledge.guidance.words import plain
from knowledge.rules.legal_forms import LegalForms
from knowledge.territories.names import fold

MONTHS = 12


class FirmWords:
    """The words of `wording/firm.yml`, ready to read messages with.

    `numbers` are numbers in words, `today` says which day it is.
    """

    def __init__(
        self,
        words: Mapping[str, list[str]],
        numbers: Mapping[str, int],
        forms: LegalForms,
        today: Callable[[], date],
    ) -> None:
        self._numbers, self._forms, self._today = numbers, forms, today
        number = rf"(?P<number>\d{{1,3}}|{_any(numbers)})"
        span = rf"{number} (?P<unit>ans?|annees?|mois)"
        began = rf"\b(?:{_any(words['began'])})(?: (?!(?:{_any(words['not_firm'])})\b)\w+){{0,3}}?"
        self._ages = [
            re.compile(rf"{began} (?:{_any(words['since'])}) (?:(?:{_any(words['about'])}) )?{span}\b"),
            re.compile(rf"\b{span} (?:{_any(words['of_age'])})\b"),
        ]
        self._year = re.compile(rf"{began} (?:{_any(words['in_year'])})(?: \w+)? (?P<year>(?:19|20)\d\d)\b")
        self._own = re.compile(rf"(?:^|[,;:.(]|\b(?:{_any(words['own'])}))\s*$")
        self._wished = re.compile(rf"\b(?:{_any(words['wished'])})\b")

    def told(self, text: str) -> dict[str, Any]:
        """Return what a message tells: `age_years`, `legal_form` (a code), each only where it is clear."""
        facts = {"age_years": self._age(plain(text)), "legal_form": self._form(text)}
        return {name: value for name, value in facts.items() if value is not None}

    def _age(self, text: str) -> float | None:
        for pattern in self._ages:
            if found := pattern.search(text):
                number = self._numbers.get(found["number"])
                count = int(found["number"]) if number is None else number
                return count / MONTHS if found["unit"] == "mois" else float(count)
        found = self._year.search(text)
        years = self._today().year - int(found["year"]) if found else -1
        return float(years) if years >= 0 else None  # a year to come is a plan

    def _form(self, text: str) -> str | None:
        """Return the form that the firm is said to have; none where another is wished for, or several are named."""
        named = dict(self._forms.named_in(text))
        if len(named) != 1 or self._wished.search(plain(text)):
            return None
        ((code, start),) = named.items()
        return code if self._own.search(fold(text[:start])) else None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
