"""What somebody types to search: words that must all be there, « exact phrases », and -words that must not.

Whatever is typed is a query or nothing at all: signs that a database would read are no part of any word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.words import stems

MOST_CHARACTERS, MOST_TERMS = 200, 12
_TERM = re.compile(r'(-?)(?:"([^"]*)"|«([^»]*)»|(\S+))')
Term = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """Terms that a passage must hold, and terms that it must not; a term of several stems is a phrase."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything can be looked for."""
        return bool(self.wanted)

    @property
    def stems(self) -> frozenset[str]:
        """Return the stems that are marked in what is found."""
        return frozenset(stem for term in self.wanted for stem in term)

    def for_fts5(self) -> str:
        """Return the query as SQLite's FTS5 reads it."""
        asked = " AND ".join(f'"{" ".join(term)}"' for term in self.wanted)
        return " NOT ".join([f"({asked})", *(f'"{" ".join(term)}"' for term in self.unwanted)])

    def for_tsquery(self, windows: Sequence[str] = ()) -> str:
        """Return the query as PostgreSQL reads a tsquery, within one of `windows` where there are any."""
        parts = [f"({' | '.join(_quoted(each) for each in windows)})"] if windows else []
        parts += [_phrase(term) for term in self.wanted]
        parts += [f"!{_phrase(term)}" for term in self.unwanted]
        return " & ".join(parts)


def read_query(typed: str) -> Query:
    """Return what was typed as a query; an empty one where it holds no word worth looking for."""
    wanted, unwanted = [], []
    for minus, straight, curved, word in _TERM.findall(typed[:MOST_CHARACTERS]):
        term = tuple(stems(straight or curved or word))
        if term:
            (unwanted if minus else wanted).append(term)
    return Query(tuple(dict.fromkeys(wanted))[:MOST_TERMS], tuple(dict.fromkeys(unwanted))[:MOST_TERMS])


def _phrase(term: Term) -> str:
    return f"({' <-> '.join(_quoted(stem) for stem in term)})"


def _quoted(stem: str) -> str:
    return f"'{stem}'"
