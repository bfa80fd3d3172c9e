"""The closed list of legal forms, and the words for them, from `legal_forms.yml`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.territories import normalise_name
from yaml_files import read_yaml

_FILE = Path(__file__).with_name("legal_forms.yml")


class LegalForms:
    """Codes of legal forms by the words for them, and which form holds which."""

    def __init__(self, forms: Mapping[str, Mapping[str, Any]]):
        self._within = {code: form.get("within") for code, form in forms.items()}
        self._codes = {normalise_name(word): code for code, form in forms.items() for word in form["words"]}
        self._words = {code: form["words"][0] for code, form in forms.items()}
        said = sorted((word for form in forms.values() for word in form["words"]), key=len, reverse=True)
        self._said = re.compile(rf"\b(?:{'|'.join(map(_as_said, said))})\b")

    @property
    def codes(self) -> list[str]:
        """Return every code, in the order of the file."""
        return list(self._within)

    def code_of(self, words: str) -> str | None:
        """Return the code of a form in words or as a code (« auto-entrepreneur » is `MICRO`), None for no form."""
        return words if words in self._within else self._codes.get(normalise_name(words))

    def word(self, code: str) -> str:
        """Return the usual word for a form; raises `KeyError` for a code that is none."""
        return self._words[code]

    def named_in(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield each form that a text in sentences names, with its start and end: « ma micro entreprise »."""
        for found in self._said.finditer(text):
            if code := self.code_of(found[0]):
                yield code, found.start(), found.end()

    def named(self, words: Iterable[str]) -> tuple[frozenset[str], bool]:
        """Return the forms that `words` name, and whether some word names none."""
        codes = [self.code_of(word) for word in words]
        return frozenset(code for code in codes if code), None in codes

    def covers(self, codes: frozenset[str], form: str) -> bool | None:
        """Say whether a firm of this form is one of `codes`: a micro-entrepreneur is a sole trader.

        None where only some firms of this form are: a sole trader may be a micro-entrepreneur.
        """
        holder: str | None = form
        while holder:
            if holder in codes:
                return True
            holder = self._within.get(holder)
        return None if any(self._within.get(code) == form for code in codes) else False


def _as_said(word: str) -> str:
    """Return the pattern of a word, hyphens or not; two letters, which are words too (« sa »), in capitals alone."""
    pattern = "[ -]?".join(re.escape(part) for part in re.split("[ -]", word))
    return pattern if len(word) < 3 else f"(?i:{pattern})"


@lru_cache(maxsize=1)
def legal_forms() -> LegalForms:
    """Return the list, read once a process."""
    return LegalForms(read_yaml(_FILE)["legal_forms"])
