"""From a trade in an owner's words to the code of its activity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.territories import normalise_name
from knowledge.territories.tables import CONTENT
from yaml_files import read_yaml

SECTORS = CONTENT.parent / "vocabularies" / "sectors.yml"
ALL = "all"
# Endings of the forms that the table leaves out, and what they are in the masculine singular.
_ENDINGS = (
    ("euse", "eur"), ("rice", "eur"), ("ere", "er"), ("enne", "en"), ("onne", "on"), ("elle", "el"),
    ("ive", "if"), ("ete", "et"), ("e", ""),
)  # fmt: skip


@dataclass(frozen=True)
class KnownTrade:
    """A trade: its name, the NAF division and section of its activity, whether it is one of craftsmen."""

    label: str
    division: str
    section: str
    craft: bool


class Trades:
    """The trades of `vocabularies/sectors.yml`, found by any of their names."""

    def __init__(self, divisions: Mapping[str, Any]):
        self._by_name: dict[str, KnownTrade] = {}
        for code, division in divisions.items():
            self._add(code, division, division.get("trades") or {})
        # Whole branches that visitors type: « e-commerce »; a trade of that name comes first.
        for code, division in divisions.items():
            self._add(code, division, division.get("searched") or {})
        # In a sentence these are a trade only after certain words (« je suis avocat »); here nothing else is asked.
        for code, division in divisions.items():
            for name in _listed(division.get("in_context")):
                craft = division.get("craft") == ALL
                self._by_name.setdefault(
                    normalise_name(name), KnownTrade(name, code, division["section"], craft)
                )

    def _add(self, code: str, division: Mapping[str, Any], labels: Mapping[str, Any]) -> None:
        craft = division.get("craft")
        for label, names in labels.items():
            trade = KnownTrade(label, code, division["section"], craft == ALL or label in _listed(craft))
            for name in (label, *_listed(names)):
                self._by_name.setdefault(normalise_name(name), trade)

    def find(self, text: str) -> KnownTrade | None:
        """Return the trade of that name, feminine and plural forms included; None where nobody is called so."""
        words = normalise_name(text).split()
        singular = [word.rstrip("sx") if len(word) > 3 else word for word in words]
        for form in (words, singular, *_masculine(singular)):
            if found := self._by_name.get(" ".join(form)):
                return found
        return None


def read_trades(path: Path = SECTORS) -> Trades:
    """Return the trades of the shipped table."""
    return Trades(read_yaml(path)["divisions"])


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _masculine(words: list[str]) -> Iterable[list[str]]:
    """Yield the words with the ending of the first one as it is in the masculine: « coiffeuse à domicile »."""
    for feminine, masculine in _ENDINGS:
        if words and words[0].endswith(feminine):
            yield [words[0].removesuffix(feminine) + masculine, *words[1:]]
