"""The sources of open data, and the reader of each (`sources.yml`)."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from knowledge.importing.records import Reader, Source
from yaml_files import read_yaml

SOURCES = Path(__file__).parent / "sources.yml"
CONTENT, EDITED = "content", "edited"
OURS = (CONTENT, EDITED)  # no file of open data: the content folder, and what was changed in the console


class UnknownSource(LookupError):
    """No source has this code."""


@lru_cache(maxsize=1)
def known_sources() -> dict[str, Source]:
    """Return every source by its code, our own content included."""
    listed = read_yaml(SOURCES)
    return {code: Source(code=code, **fields) for code, fields in listed.items()}


def source_of(code: str) -> Source:
    """Return the source of this code; raises `UnknownSource`."""
    if code not in known_sources():
        raise UnknownSource(f"unknown source `{code}`; known: {', '.join(importable())}")
    return known_sources()[code]


def importable() -> list[str]:
    """Return the codes of the sources that a file can be imported from."""
    return [code for code in known_sources() if code not in OURS]


def companions() -> list[str]:
    """Return what the second file of each source that has one is, the code of the source before it."""
    return [f"{code}: {source.companion}" for code, source in known_sources().items() if source.companion]


def reader_of(source: Source) -> Reader:
    """Return the function that reads files of this source."""
    return import_module(f"knowledge.importing.formats.{source.format}").read
