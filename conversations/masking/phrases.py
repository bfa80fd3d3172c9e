"""What announces a name, ready to search in folded text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from conversations.masking.words import load_phrases


@dataclass(frozen=True)
class Phrases:
    """The phrases of phrases.yml, ready to search folded text; each pattern ends where a name begins."""

    introductions: re.Pattern[str]
    titles: re.Pattern[str]
    relations: re.Pattern[str]
    person_verbs: re.Pattern[str]
    callers: re.Pattern[str]
    closings: re.Pattern[str]
    firms: re.Pattern[str]
    never: frozenset[str]
    saints: frozenset[str]
    streets: frozenset[str]
    firm_words: frozenset[str]
    between: frozenset[str]
    particles: frozenset[str]


@lru_cache(maxsize=1)
def compiled_phrases() -> Phrases:
    """Return the phrases of phrases.yml, compiled once."""
    raw = load_phrases()
    sets = {name: frozenset(raw[name].split()) for name in ("saints", "streets", "firm_words", "between")}
    titles = "|".join(re.escape(each) for each in sorted(raw["titles"], key=len, reverse=True))
    return Phrases(
        introductions=_before_name(raw["introductions"], r"[\s:,«\"]*"),
        titles=re.compile(rf"(?<![\w'])(?:{titles})(?=[\s.])\.?[ ]+"),
        relations=_before_name(raw["relations"], r"\s*[:,]?\s+"),
        person_verbs=_before_name(raw["person_verbs"], r"\s+"),
        callers=_before_name(raw["callers"], r"\s+"),
        closings=_before_name(raw["closings"], r"[\s,.!:]*"),
        firms=re.compile(rf"\b(?:{'|'.join(raw['firms'])})\b"),
        particles=frozenset(raw["particles"]),
        never=frozenset(raw["never"].split()) | {title.rstrip(".") for title in raw["titles"]},
        **sets,
    )


def _before_name(phrases: list[str], between: str) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![^\W\d_]){between}")
