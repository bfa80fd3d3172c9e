"""What a message tells of the firm beside its place, trade and headcount, and what aids turn on: how old it is, and its
legal form. (Its turnover is a sum: `sums.py`.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.guidance.words import plain
from knowledge.rules.legal_forms import LegalForms
from knowledge.territories.names import fold

MONTHS = 12
# « Plus de trois ans » is half a year more, « bientôt trois ans » half a year less.
HALF = 0.5
DAYS = 365.25
_CLAUSES = re.compile(r"[.,;:!?()\n]")


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
        about = rf"(?:(?:(?P<more>{_any(words['more'])})|(?P<less>{_any(words['less'])})|{_any(words['about'])}) )?"
        span = rf"{about}{number} (?P<unit>ans?|annees?|mois)"
        began = rf"\b(?:{_any(words['began'])})(?: (?!(?:{_any(words['not_firm'])})\b)\w+){{0,3}}?"
        self._ages = [
            re.compile(rf"{began} (?:{_any(words['since'])}) {span}\b"),
            re.compile(rf"\b{span} (?:{_any(words['of_age'])})\b"),
        ]
        self._year = re.compile(rf"{began} (?:{_any(words['in_year'])})(?: \w+)? (?P<year>(?:19|20)\d\d)\b")
        self._own = re.compile(rf"(?:^|\b(?:{_any(words['own'])}))\s*$")
        self._others = re.compile(rf"\b(?:{_any(words['others'])})\b")
        self._wished = re.compile(rf"\b(?:{_any(words['wished'])})\b")

    def told(self, text: str) -> dict[str, Any]:
        """Return what a message tells: `age_years`, `legal_form` (a code), each only where it is clear.

        Clauses that speak of a customer or of another firm tell nothing.
        """
        own = [each for each in _CLAUSES.split(text) if not self._others.search(plain(each))]
        ages = filter(lambda age: age is not None, (self._age(plain(each)) for each in own))
        facts = {"age_years": next(ages, None), "legal_form": self._form(text, own)}
        return {name: value for name, value in facts.items() if value is not None}

    def _age(self, text: str) -> float | None:
        for pattern in self._ages:
            if found := pattern.search(text):
                number = self._numbers.get(found["number"])
                count = int(found["number"]) if number is None else number
                count += HALF * (bool(found["more"]) - bool(found["less"]))
                return count / MONTHS if found["unit"] == "mois" else float(count)
        found = self._year.search(text)
        return self._since(int(found["year"])) if found else None

    def _since(self, year: int) -> float | None:
        """Return the years since the middle of a year; None for one to come, which is a plan."""
        today = self._today()
        return max(0.0, round((today - date(year, 7, 1)).days / DAYS, 1)) if year <= today.year else None

    def _form(self, text: str, own: Sequence[str]) -> str | None:
        """Return the form that the firm is said to have; none where another is wished for, or several are named."""
        if len({code for code, _, _ in self._forms.named_in(text)}) != 1 or self._wished.search(plain(text)):
            return None
        said = (
            code
            for each in own
            for code, start, end in self._forms.named_in(each)
            if self._is_own(each, start, end)
        )
        return next(said, None)

    def _is_own(self, clause: str, start: int, end: int) -> bool:
        """Tell whether a form stands behind words of the owner, or opens the clause; « SARL Dupont » may be anybody."""
        before, behind = fold(clause[:start]).strip(), clause[end:].lstrip()
        return bool(self._own.search(before)) and (bool(before) or not behind[:1].isupper())


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
