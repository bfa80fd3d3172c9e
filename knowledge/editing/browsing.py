"""Lists of records for those who keep them, and where a served record comes from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import Editor
from knowledge.editing.keeping import schemes_of
from knowledge.editing.publishing import ROWS
from knowledge.importing.models import ImportRun, MergeTrace, SourceRecord
from knowledge.importing.sources import known_sources
from knowledge.reading import reaching
from knowledge.territories import normalise_name

PAGE = 50  # records a page
_CHUNK = 500  # rows read at once while names are compared


@dataclass(frozen=True)
class Listed:
    """One record of a list."""

    kind: str
    slug: str
    name: str
    confidence: str
    seen: str | None


@dataclass(frozen=True)
class Page:
    """Some records by id, and the id to go on after; None where there are no more."""

    records: list[Listed]
    after: str | None


@dataclass(frozen=True)
class Origin:
    """What a source gave of a record: which source, when it was read last, which fields of it are served."""

    source: str
    title: str
    credit: str
    file_date: str | None
    read_at: datetime | None


def listed(
    engine: Engine, editor: Editor, kind: str, words: str = "", after: str = "", size: int = PAGE
) -> Page:
    """Return the records of a kind that an editor keeps, whose name or id holds all `words`, by id.

    Case and accents do not count.
    """
    wanted = normalise_name(words).split()
    with reaching(), Session(engine, future=True) as session:
        own = _own_ids(session, editor, kind)
        found = []
        for each in _rows(session, kind, own, after):
            if all(word in normalise_name(f"{each.name} {each.slug}") for word in wanted):
                found.append(each)
            if len(found) > size:
                return Page(found[:size], found[size - 1].slug)
    return Page(found, None)


def origins(engine: Engine, kind: str, slug: str) -> list[Origin]:
    """Return the sources that give a record, the last read first."""
    given = (
        select(SourceRecord.source, ImportRun.file_date, ImportRun.finished)
        .join(ImportRun, ImportRun.id == SourceRecord.run)
        .where(SourceRecord.kind == kind, SourceRecord.slug == slug)
        .order_by(ImportRun.id.desc())
    )
    with reaching(), Session(engine, future=True) as session:
        rows = session.execute(given).all()
    known = known_sources()
    return [
        Origin(row.source, known[row.source].title, known[row.source].credit, row.file_date, row.finished)
        for row in rows
    ]


def disputes(engine: Engine, kind: str, slug: str) -> list[MergeTrace]:
    """Return the fields of a record on which sources differ, with the source that is believed."""
    wanted = select(MergeTrace).where(MergeTrace.kind == kind, MergeTrace.slug == slug)
    with reaching(), Session(engine, future=True, expire_on_commit=False) as session:
        return list(session.scalars(wanted.order_by(MergeTrace.field)))


def _own_ids(session: Session, editor: Editor, kind: str) -> list[str] | None:
    if editor.keeps_all:
        return None
    return schemes_of(session, editor.bodies) if kind == store.SCHEME else sorted(editor.bodies)


def _rows(session: Session, kind: str, own: list[str] | None, after: str) -> Iterator[Listed]:
    row = ROWS[kind]
    wanted = select(row.id, row.record, row.confidence, row.seen).where(row.id > after).order_by(row.id)
    if own is not None:
        wanted = wanted.where(row.id.in_(own))
    for each in session.execute(wanted.execution_options(yield_per=_CHUNK)):
        record = json.loads(each.record)
        name = record.get("name") or record.get("titre") or each.id
        yield Listed(kind, each.id, name, each.confidence, each.seen)
