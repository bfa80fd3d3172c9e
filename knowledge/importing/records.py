"""What a reader of open data hands over: records, what it set aside with the reason, what it skipped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from knowledge.schema import Advisor, Scheme
from knowledge.schema.base import Provenance
from knowledge.territories import Territories

MAPPINGS = Path(__file__).parent / "mappings"
EXCERPT_LENGTH = 300  # characters: enough to find the record in the file, too little to copy it


@dataclass(frozen=True)
class Imported:
    """One record, built and valid, with its `provenance`.

    `source_id` is what the source calls it and never changes from one file to the next. `keys` are names that
    other sources may know it by: `directory:cci-29232-01`, `siret:…`, `url:…`. `place` says where in the file
    it stands: `record 12`.
    """

    source_id: str
    record: Advisor | Scheme
    keys: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class SetAside:
    """One record that cannot be taken, why (English, one line, for operators), and how it begins.

    `excerpt` is at most `EXCERPT_LENGTH` characters long, personal mailboxes masked.
    """

    source_id: str | None
    place: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True)
class Skipped:
    """One record of a type that is of no use here, such as a fire station: only counted, by type."""

    type: str


@dataclass(frozen=True)
class Source:
    """One source of open data, as `sources.yml` describes it.

    `format` is the module of `formats/` that reads it, `kind` what it holds (advisor, scheme, both),
    `precedence` how far it is believed: edited, content, official or other. `complete` says that its files are whole
    dumps, so that what they no longer hold is gone; `page` is where the file is described; `companion` says what
    its second file is and adds, where it has one.
    """

    code: str
    title: str
    licence: str
    credit: str
    format: str
    kind: str
    precedence: str
    complete: bool = False
    page: str | None = None
    companion: str | None = None

    def provenance(self, source_id: str, file_date: date | None) -> Provenance:
        """Return where a record of this source comes from; `file_date` is the date of its file."""
        return Provenance(
            source=self.code,
            source_id=source_id,
            licence=self.licence,
            credit=self.credit,
            file_date=file_date.isoformat() if file_date else None,
        )


@dataclass(frozen=True)
class Context:
    """What a reader may know beside the file: `file_date` is the date of the file, where it is known.

    `companion` is a second file that some sources have (`Source.companion` says which);
    `address` is what was asked for, where the file came from the web: a question may stand in it.
    """

    source: Source
    territories: Territories
    today: date
    file_date: date | None = None
    mappings: Path = MAPPINGS
    companion: Path | None = None
    address: str | None = None

    def resolve_commune(self, code: str) -> str:
        """Return the code that the commune has today; raises `UnknownTerritory` where none ever had it.

        Old codes lead to the commune of today, the arrondissements of Paris, Lyon and Marseille to theirs.
        """
        return self.territories.get("commune", code.strip().upper()).code


Item = Imported | SetAside | Skipped
Reader = Callable[[BinaryIO, Context], Iterator[Item]]
