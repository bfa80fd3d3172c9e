"""The closed list of legal forms, and the words for them, from `legal_forms.yml`."""

from collections.abc import Iterable, Mapping
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


@lru_cache(maxsize=1)
def legal_forms() -> LegalForms:
    """Return the list, read once a process."""
    return LegalForms(read_yaml(_FILE)["legal_forms"])
