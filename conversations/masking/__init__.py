"""Hides in what owners write what leads to a person: addresses, telephone and firm numbers, accounts, names.

Places, needs and trades stay readable. How much is found is measured in docs/privacy/masking.md. Some names are missed:
masking is for those who may read a conversation, never a licence to publish it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from conversations.masking.addresses import find_addresses, find_emails
from conversations.masking.numbers import Found, find_numbers
from conversations.masking.persons import find_names
from conversations.masking.words import load_phrases

KINDS = ("email", "phone", "company_number", "iban", "address", "name")


@dataclass(frozen=True)
class Span:
    """Something to hide: the characters from `start` up to `end`, and what `kind` of thing they are (KINDS)."""

    start: int
    end: int
    kind: str


def spans(text: str) -> list[Span]:
    """Return what is to hide in a text, in its order; no two overlap."""
    kept: list[Span] = []
    for start, end, kind in _found(text):
        if not any(span.start < end and start < span.end for span in kept):
            kept.append(Span(start, end, kind))
    return sorted(kept, key=lambda span: span.start)


def mask(text: str) -> str:
    """Return a text with everything to hide replaced by the word for its kind."""
    masks, parts, at = load_phrases()["masks"], [], 0
    for span in spans(text):
        parts += [text[at : span.start], masks[span.kind]]
        at = span.end
    return "".join(parts) + text[at:]


def _found(text: str) -> Iterator[Found]:
    yield from find_emails(text)
    yield from find_numbers(text)
    yield from find_addresses(text)
    yield from find_names(text)
