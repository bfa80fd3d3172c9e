"""Finds the term an owner asks about, alone or in a sentence."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from knowledge.guidance.words import SLIP, SURE_LENGTH, stems
from knowledge.schema import Term

_IN_BRACKETS = re.compile(r"\(([^)]*)\)")


class Glossary:
    """The terms by every form of their names."""

    def __init__(self, terms: Iterable[Term]):
        self._terms = {form: term for term in terms for form in _forms(term)}
        self._longest = max((len(form.split()) for form in self._terms), default=0)
        self._guessable = [form for form in self._terms if len(form) >= SURE_LENGTH]

    def find(self, text: str) -> Term | None:
        """Return the term that `text` is or names, the longest first; accents, plural and slips do not count.

        None where no term is near: a short word is never guessed.
        """
        words = stems(text)
        for length in range(min(self._longest, len(words)), 0, -1):
            runs = list(_runs(words, length))
            if found := self._known(runs) or self._guess(runs):
                return self._terms[found]
        return None

    def _known(self, runs: list[str]) -> str | None:
        return next((run for run in runs if run in self._terms), None)

    def _guess(self, runs: list[str]) -> str | None:
        long = [run for run in runs if len(run) >= SURE_LENGTH]
        near = [
            process.extractOne(run, self._guessable, scorer=fuzz.ratio, score_cutoff=SLIP) for run in long
        ]
        best = max(filter(None, near), key=lambda match: match[1], default=None)
        return best[0] if best else None


def _forms(term: Term) -> Iterator[str]:
    for name in (term.term, *term.aliases):
        inside = [part for group in _IN_BRACKETS.findall(name) for part in group.split(",")]
        for form in (name, _IN_BRACKETS.sub("", name), *inside):
            if words := stems(form):
                yield " ".join(words)


def _runs(words: list[str], length: int) -> Iterator[str]:
    """Yield every run of so many words, from the end: the term asked about comes last."""
    for start in range(len(words) - length, -1, -1):
        yield " ".join(words[start : start + length])
