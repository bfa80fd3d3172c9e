"""Reads the content folder strictly: everything wrong is reported at once, each with its file and line.

The order follows openfisca-core and weasel: first the shape of each file, then what ties the files
together.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge import marks, references
from knowledge.complaints import in_words
from knowledge.errors import ContentError, InvalidContent
from knowledge.schema import SECTIONS, Advisor, GuidanceRecord, Reference, Scheme
from knowledge.territories import Territories

ADVISORS, SCHEMES, REFERENCE = "advisors", "schemes", "sectors.yml"
FORMAT = "2"  # raised when the stored form of a record changes, so that every store is loaded again
FOLDERS: dict[str, type[BaseModel]] = {ADVISORS: Advisor, SCHEMES: Scheme, **SECTIONS}
Record = TypeVar("Record", bound=BaseModel)
Guidance = dict[str, dict[str, GuidanceRecord]]


@dataclass
class Content:
    """All records of a content folder, checked, by id; guidance by section (`costs`, `rules`…), then id."""

    advisors: dict[str, Advisor] = field(default_factory=dict)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    guidance: Guidance = field(default_factory=lambda: {section: {} for section in SECTIONS})
    reference: Reference | None = None
    content_hash: str = ""

    def kept(self, folder: str) -> dict[str, BaseModel]:
        """Return the records of one folder of the content, by id."""
        return self.guidance[folder] if folder in SECTIONS else getattr(self, folder)


@dataclass
class Source:
    """One file: where it stands and what it says, with its lines."""

    path: Path
    marked: marks.Marked

    def error(self, location: marks.Location, message: str) -> ContentError:
        """Return `message` for the part at `location`."""
        return ContentError(self.path, self.marked.line(location), message)


def content_files(folder: Path) -> list[Path]:
    """Return the files that make the content, sorted by path."""
    records = [path for name in FOLDERS for path in sorted(folder.glob(f"{name}/*.yml"))]
    return [*records, folder / REFERENCE]


def content_hash(folder: Path) -> str:
    """Return a digest of every byte of the content; equal digests mean nothing to load."""
    digest = hashlib.sha256(FORMAT.encode())
    for path in content_files(folder):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read_content(folder: Path, territories: Territories) -> Content:
    """Return the checked content of `folder`; raises `InvalidContent` with every error of every file."""
    content, sources, errors = Content(content_hash=content_hash(folder)), {}, []
    for path in content_files(folder):
        errors += _read_file(path, content, sources)
    errors += list(_misplaced(folder))
    errors += references.check(content, sources, territories)
    if errors:
        raise InvalidContent(errors)
    return content


def _read_file(path: Path, content: Content, sources: dict[str, Source]) -> list[ContentError]:
    if not path.is_file():
        return [ContentError(path, 1, "the file is missing")]
    source = Source(path, marks.parse(path.read_bytes()))
    errors = [ContentError(path, line, message) for line, message in source.marked.errors]
    model = FOLDERS.get(path.parent.name, Reference)
    record = None if errors else _validate(model, source, errors)
    if record is not None:
        _keep(record, source, content, sources, errors)
    return errors


def _validate(model: type[Record], source: Source, errors: list[ContentError]) -> Record | None:
    if not isinstance(source.marked.value, dict):
        errors.append(source.error((), "the file holds no `key: value` lines"))
        return None
    try:
        return model(**source.marked.value)
    except ValidationError as error:
        errors += [source.error(found["loc"], in_words(found, model)) for found in error.errors()]
    return None


def _keep(
    record: BaseModel,
    source: Source,
    content: Content,
    sources: dict[str, Source],
    errors: list[ContentError],
) -> None:
    if isinstance(record, Reference):
        content.reference, sources[REFERENCE] = record, source
        return
    if record.id != source.path.stem:
        errors.append(
            source.error(("id",), f"id `{record.id}` is not the name of the file, `{source.path.stem}`")
        )
    content.kept(source.path.parent.name)[source.path.stem] = record
    sources[f"{source.path.parent.name}/{source.path.stem}"] = source


def _misplaced(folder: Path) -> Iterator[ContentError]:
    for name in FOLDERS:
        for path in sorted((folder / name).glob("*")):
            if path.suffix != ".yml":
                yield ContentError(path, 1, f"only .yml files may stand in {name}/")
