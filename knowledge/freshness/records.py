"""The records that freshness looks at: those of the store where it is loaded, else those of the content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from knowledge.loader import read_content
from knowledge.schema import Advisor, Scheme
from knowledge.store import guidance_of, stored_hash, stream_advisors, stream_schemes
from knowledge.territories import Territories


@dataclass(frozen=True)
class Records:
    """Bodies and schemes to be read once, and the guidance by section, then id."""

    advisors: Iterable[Advisor]
    schemes: Iterable[Scheme]
    guidance: Mapping[str, Mapping[str, Any]]


def open_records(engine: Engine, folder: Path, territories: Territories) -> Records:
    """Return what the store serves, a few at a time; where it holds nothing, the content of `folder`.

    Raises `InvalidContent` where that content is read and wrong.
    """
    if stored_hash(engine) is not None:
        return Records(stream_advisors(engine), stream_schemes(engine), guidance_of(engine))
    content = read_content(folder, territories)
    return Records(content.advisors.values(), content.schemes.values(), content.guidance)
