"""What ties the guidance together: ids named by other records, words that may mean one thing only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.errors import ContentError
from knowledge.guidance.words import plain
from knowledge.schema import Comparison, GuidanceRecord

if TYPE_CHECKING:
    from knowledge.loader import Guidance, Source

Found = tuple[str, str, tuple, str]  # section, id, location in the file, message


def check(guidance: Guidance, sources: dict[str, Source]) -> Iterator[ContentError]:
    """Yield every reference that leads nowhere and every word that is explained twice."""
    for section, key, location, message in (
        *_dangling(guidance),
        *_taken_ids(guidance),
        *_ambiguous(guidance),
    ):
        yield sources[f"{section}/{key}"].error(location, message)


def _dangling(guidance: Guidance) -> Iterator[Found]:
    everywhere = {key for records in guidance.values() for key in records}
    for section, records in guidance.items():
        for key, record in records.items():
            for index, named in enumerate(getattr(record, "related", ())):
                if named not in everywhere:
                    yield (
                        section,
                        key,
                        ("related", index),
                        f"`related` names `{named}`, which no guidance file is",
                    )
            yield from ((section, key, *found) for found in _figures(record, guidance))


def _figures(record: GuidanceRecord, guidance: Guidance) -> Iterator[tuple[tuple, str]]:
    if not isinstance(record, Comparison):
        return
    for index, named in enumerate(record.figures_from):
        if named not in guidance["costs"]:
            yield (
                ("figures_from", index),
                f"`figures_from` names `{named}`, but there is no costs/{named}.yml",
            )


def _taken_ids(guidance: Guidance) -> Iterator[Found]:
    """Yield ids that two sections share: `related` could not tell them apart."""
    owners: dict[str, str] = {}
    for section, records in guidance.items():
        for key in records:
            owner = owners.setdefault(key, section)
            if owner != section:
                yield section, key, ("id",), f"id `{key}` is taken by {owner}/{key}.yml"


def _ambiguous(guidance: Guidance) -> Iterator[Found]:
    """Yield words of the glossary that two terms claim, whatever their case and accents."""
    owners: dict[str, str] = {}
    for key, term in guidance["glossary"].items():
        named = [(("term",), term.term), *((("aliases", at), alias) for at, alias in enumerate(term.aliases))]
        for location, word in named:
            owner = owners.setdefault(plain(word), key)
            if owner != key:
                yield "glossary", key, location, f"« {word} » is explained by glossary/{owner}.yml too"
