"""Finds the schemes that an owner names: by title, a former name, or what people call them."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.coverage import Reach
from knowledge.guidance.words import alike, stems
from yaml_files import read_yaml

MOST = 2  # schemes that one message names
_FILE = Path(__file__).resolve().parent / "rules" / "scheme_names.yml"
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_SPARE = 3  # other words that may stand between those of a name


@dataclass(frozen=True)
class NamedScheme:
    """What naming depends on: the key of the record, its names, where it holds, the scheme it is a local version of,
    and the one that took its place.
    """

    key: int
    id: str
    names: tuple[str, ...]
    zones: tuple[str, ...]
    variant_of: str | None = None
    replaced_by: str | None = None

    @classmethod
    def read(cls, key: int, text: str) -> "NamedScheme":
        """Return that of a record as the store keeps it (JSON)."""
        record = json.loads(text)
        names = (record["titre"], *record.get("aliases", ()))
        zones = tuple(record["eligibilite_geographique"])
        return cls(key, record["id"], names, zones, record.get("variant_of"), record.get("replaced_by"))


@dataclass(frozen=True)
class _Form:
    scheme: NamedScheme
    words: tuple[str, ...]
    common: bool  # of words only that many schemes share
    whose: tuple[str, ...]  # what the title has in brackets: « Nouvelle-Aquitaine »


class SchemeNames:
    """The names of all schemes."""

    def __init__(self, schemes: Iterable[NamedScheme]):
        schemes = list(schemes)
        self._keys = {scheme.id: scheme.key for scheme in schemes}
        self._rules = {name: frozenset(words) for name, words in _rules().items()}
        self._forms = [form for scheme in schemes for form in self._forms_of(scheme)]

    def find(self, text: str, reach: Reach) -> list[int]:
        """Return the keys of the schemes that `text` names, the longest name first, each with the one that took its
        place; case, accents, small words and slips of the keyboard do not count. Of several of one name, that of the
        place.
        """
        words = self._telling(text)
        heard = [(form, at) for form in self._forms if (at := self._place(form, words, reach)) is not None]
        heard.sort(key=lambda found: _order(found[0], reach))
        taken: list[NamedScheme] = []
        used: set[int] = set()
        for form, at in heard:
            if used.isdisjoint(at) and len(taken) < MOST:
                taken.append(form.scheme)
                used |= at
        keys = [key for each in taken for key in (each.key, self._keys.get(each.replaced_by))]
        return list(dict.fromkeys(key for key in keys if key is not None))

    def _forms_of(self, scheme: NamedScheme) -> Iterator[_Form]:
        whose = tuple(self._telling(" ".join(_IN_BRACKETS.findall(scheme.names[0]))))
        for name in scheme.names:
            bare = _IN_BRACKETS.sub(" ", name)
            for part in dict.fromkeys((bare, bare.split(" : ")[0])):
                words = tuple(self._telling(part))
                common = self._rules["common"].issuperset(words)
                if words and (len(words) > 1 or not common):
                    yield _Form(scheme, words, common, whose)

    def _telling(self, text: str) -> list[str]:
        return [word for word in stems(text) if word not in self._rules["small"]]

    def _place(self, form: _Form, words: Sequence[str], reach: Reach) -> frozenset[int] | None:
        """Return where in the text the name stands; None where it does not."""
        spare = 0 if form.common else _SPARE
        length = len(form.words)
        for start in range(len(words) - length + 1):
            at = _inside(form, words[start : start + length + spare])
            if at is not None:
                known = not form.common or self._meant(form, words, reach)
                return frozenset(start + place for place in at) if known else None
        return None

    def _meant(self, form: _Form, words: Sequence[str], reach: Reach) -> bool:
        """Tell whether common words mean this scheme: it is said whose it is, or it is one for money at the place."""
        if form.whose and all(any(alike(word, each) for word in words) for each in form.whose):
            return True
        return not self._rules["money"].isdisjoint(form.words) and reach.covered_by(form.scheme.zones)


def _inside(form: _Form, words: Sequence[str]) -> list[int] | None:
    """Return where the words of a name stand; common ones in their order, others in any."""
    if form.common:
        return list(range(len(words))) if all(map(alike, words, form.words)) else None
    at = [next((place for place, word in enumerate(words) if alike(word, each)), None) for each in form.words]
    return None if None in at else at


def _order(form: _Form, reach: Reach) -> tuple:
    """Return what names are sorted by: the longest, then what holds at the place, then a local version there, else the
    scheme that it is made after.
    """
    holds = reach.place is not None and reach.covered_by(form.scheme.zones)
    local = form.scheme.variant_of is not None
    return -sum(map(len, form.words)), not holds, local != holds, form.scheme.key


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[str]]:
    return read_yaml(_FILE)
