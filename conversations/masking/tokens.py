"""Words and signs of a text, where they stand."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[ldjmnstc]|qu)['’](?=\w)|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+|\n|[^\w\s]", re.IGNORECASE
)
# Share of capitals from which they say nothing any more, in a text of some length.
SHOUTING, SHORTEST_SHOUT = 0.7, 15


@dataclass(frozen=True)
class Token:
    """A word or a sign where it stands; `plain` is folded, `capital` whether its capital says something."""

    start: int
    end: int
    plain: str
    capital: bool
    word: bool


def tokens_of(text: str, plain: str) -> list[Token]:
    """Return the tokens of a text; `plain` is the same text folded."""
    letters = [letter for letter in text if letter.isalpha()]
    shouting = len(letters) > SHORTEST_SHOUT and sum(map(str.isupper, letters)) > SHOUTING * len(letters)
    tokens = []
    for match in _TOKEN.finditer(text):
        first = match.group()[0]
        tokens.append(
            Token(
                match.start(),
                match.end(),
                plain[match.start() : match.end()],
                capital=first.isupper() and not shouting,
                word=first.isalpha(),
            )
        )
    return tokens
