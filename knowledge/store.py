"""The knowledge store: records go in with their postings, and come back as the same records."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import create_engine, delete, event, insert, inspect, select, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from knowledge import postings
from knowledge.errors import EmptyStore
from knowledge.loader import Content, Guidance
from knowledge.models import (
    AdvisorPosting,
    AdvisorRow,
    DocumentRow,
    GuidanceRow,
    SchemePosting,
    SchemeRow,
)
from knowledge.schema import Advisor, Reference, Scheme
from knowledge.schema.guidance import SECTIONS
from knowledge.stored import build
from knowledge.territories import load_territories

SECTORS, LOAD, KEYS, POSTED = "sectors", "load", "keys", "posted"
# What `postings` makes of a record: to be raised when that changes, so that the next load posts all records anew.
_FORM = 2
ADVISOR, SCHEME = "advisor", "scheme"
_ROWS = {ADVISOR: (AdvisorRow, AdvisorPosting), SCHEME: (SchemeRow, SchemePosting)}
_BATCH = 500
_LOCK = 0x626F7573  # any number that nobody else on the server locks: « bous »
_GUIDANCE = select(GuidanceRow.section, GuidanceRow.id, GuidanceRow.record).order_by(
    GuidanceRow.section, GuidanceRow.id
)
_IN_MEMORY = (None, "", ":memory:")
Record = TypeVar("Record", bound=BaseModel)


def open_engine(url: str, reading: bool = False) -> Engine:
    """Return an engine for `url`; a SQLite file gets its folder, write-ahead logging and foreign keys.

    Connections stay open between look-ups: opening one costs more than a look-up. With `reading`, each statement
    stands alone, which spares a server the begin and the end of a transaction, and nobody asks first whether the
    connection still lives: the reader tries again where it does not.
    """
    if not url.startswith("sqlite"):
        alone = {"isolation_level": "AUTOCOMMIT"} if reading else {}
        return create_engine(url, future=True, pool_pre_ping=not reading, **alone)
    database = make_url(url).database
    memory = database in _IN_MEMORY
    if not memory:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        poolclass=StaticPool if memory else QueuePool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection, _record) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def stored_hash(engine: Engine) -> str | None:
    """Return the digest of the content the store holds, None where it holds none."""
    if not inspect(engine).has_table(DocumentRow.__tablename__):
        return None
    with Session(engine, future=True) as session:
        return loaded_hash(session)


def loaded_hash(session: Session) -> str | None:
    """Return the same, as the transaction of `session` sees it."""
    row = session.get(DocumentRow, LOAD)
    return row.record["content_hash"] if row else None


def served_version(engine: Engine) -> tuple[str, int]:
    """Return the digest of the loaded content and the next key: one of them changes when a record is served anew."""
    with Session(engine, future=True) as session:
        keys = session.get(DocumentRow, KEYS)
        return loaded_hash(session) or "", keys.record["next"] if keys else 0


def reference_of(engine: Engine) -> Reference:
    """Return what the whole content shares; raises `EmptyStore` when nothing was loaded."""
    if stored_hash(engine) is None:
        raise EmptyStore(str(engine.url))
    with Session(engine, future=True) as session:
        return Reference(**session.get(DocumentRow, SECTORS).record)


def lock(session: Session) -> None:
    """Let nobody else change the store until this transaction ends; others wait for their turn.

    To be called first in the transaction.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    else:
        session.execute(text("BEGIN IMMEDIATE"))


def save(session: Session, content: Content) -> bool:
    """Put all that is not served record by record: the shared reference, the guidance and the digest.

    True where the words for activities changed: schemes that are served already are then to be posted again.
    """
    before, reference = session.get(DocumentRow, SECTORS), _document(content.reference)
    relabelled = before is not None and before.record != reference
    set_document(session, SECTORS, reference)
    session.execute(delete(GuidanceRow))
    rows = [
        {"section": section, "id": key, "record": _text(record)}
        for section, records in content.guidance.items()
        for key, record in records.items()
    ]
    if rows:
        session.execute(insert(GuidanceRow), rows)
    set_document(session, LOAD, {"content_hash": content.content_hash})
    return relabelled


def set_document(session: Session, name: str, record: dict) -> None:
    """Keep a shared document under its name, in place of the one before."""
    session.merge(DocumentRow(name=name, record=record))
    session.flush()


def put(session: Session, advisors: Iterable[Advisor], schemes: Iterable[Scheme]) -> None:
    """Serve these records, in place of those of the same ids; the caller commits.

    The labels of the stored reference say which activities a scheme rules out: keep the reference first.
    """
    territories = load_territories()
    for batch in _batches(advisors):
        _put(session, ADVISOR, batch, lambda record, key: postings.of_advisor(record, key, territories))
    labels: Mapping[str, list[str]] | None = None
    for batch in _batches(schemes):
        labels = _labels(session) if labels is None else labels
        _put(
            session,
            SCHEME,
            batch,
            lambda record, key, labels=labels: postings.of_scheme(record, key, labels, territories),
        )


def post_again(session: Session, relabelled: bool) -> None:
    """Post what is served anew where its postings are of an older form; schemes too where labels changed."""
    posted = session.get(DocumentRow, POSTED)
    current = posted is not None and posted.record["form"] == _FORM
    for kind, model in ((ADVISOR, Advisor), (SCHEME, Scheme)):
        if not current or (relabelled and kind == SCHEME):
            _post_again(session, kind, model)
    set_document(session, POSTED, {"form": _FORM})


def _post_again(session: Session, kind: str, model: type[Record]) -> None:
    row = _ROWS[kind][0]
    for batch in _batches(sorted(ids(session, kind))):
        texts = session.scalars(select(row.record).where(row.id.in_(batch))).all()
        records = [build(model, text) for text in texts]
        put(session, *((records, ()) if kind == ADVISOR else ((), records)))


def remove(session: Session, kind: str, ids: Iterable[str]) -> None:
    """Serve these records no more; `kind` is advisor or scheme. Postings go with their record."""
    row, posting = _ROWS[kind]
    for batch in _batches(ids):
        keys = select(row.key).where(row.id.in_(batch)).scalar_subquery()
        session.execute(
            delete(posting).where(posting.key.in_(keys)).execution_options(synchronize_session=False)
        )
        session.execute(delete(row).where(row.id.in_(batch)).execution_options(synchronize_session=False))


def ids(session: Session, kind: str) -> set[str]:
    """Return the ids of all records of a kind that are served."""
    return set(session.scalars(select(_ROWS[kind][0].id)))


def _put(session: Session, kind: str, records: list[Record], posted) -> None:
    row, posting = _ROWS[kind]
    remove(session, kind, [record.id for record in records])
    first = _next_keys(session, len(records))
    keyed = list(zip(records, range(first, first + len(records)), strict=True))
    session.execute(insert(row), [_COLUMNS[kind](record, key) for record, key in keyed])
    rows = [each for record, key in keyed for each in posted(record, key)]
    if rows:
        session.execute(insert(posting), rows)


def _next_keys(session: Session, count: int) -> int:
    """Return the first of `count` keys that were never used and never will be again."""
    row = session.get(DocumentRow, KEYS, with_for_update=True, populate_existing=True)
    first = row.record["next"] if row else 1
    set_document(session, KEYS, {"next": first + count})
    return first


def _labels(session: Session) -> Mapping[str, list[str]]:
    row = session.get(DocumentRow, SECTORS)
    return {sector["label"]: sector.get("naf", []) for sector in row.record["sectors"]} if row else {}


def _batches(items: Iterable) -> Iterator[list]:
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def stream_advisors(engine: Engine) -> Iterator[Advisor]:
    """Yield every body that is served, by id, a few at a time."""
    yield from _stream(engine, AdvisorRow, Advisor)


def stream_schemes(engine: Engine) -> Iterator[Scheme]:
    """Yield every scheme that is served, by id, a few at a time."""
    yield from _stream(engine, SchemeRow, Scheme)


def _stream(engine: Engine, row: type, model: type[Record]) -> Iterator[Record]:
    statement = select(row.record).order_by(row.id)
    with engine.connect().execution_options(stream_results=True) as connection:
        for (record,) in connection.execute(statement).yield_per(_BATCH):
            yield model(**json.loads(record))


def guidance_of(engine: Engine) -> Guidance:
    """Return the guidance by section, then id."""
    found: Guidance = {section: {} for section in SECTIONS}
    with engine.connect() as connection:
        for section, key, record in connection.execute(_GUIDANCE):
            found[section][key] = SECTIONS[section](**json.loads(record))
    return found


def read(engine: Engine) -> Content:
    """Return everything the store holds; raises `EmptyStore` when nothing was loaded."""
    return Content(
        reference=reference_of(engine),
        guidance=guidance_of(engine),
        advisors={record.id: record for record in stream_advisors(engine)},
        schemes={record.id: record for record in stream_schemes(engine)},
        content_hash=stored_hash(engine) or "",
    )


def _document(record: BaseModel) -> dict[str, Any]:
    return json.loads(record.json(exclude_none=True))


def _text(record: BaseModel) -> str:
    return record.json(exclude_defaults=True, ensure_ascii=False)


def _advisor_columns(advisor: Advisor, key: int) -> dict[str, Any]:
    return {
        "key": key,
        "id": advisor.id,
        "kind": advisor.kind.value,
        "level": advisor.level.value,
        "territory": advisor.territory,
        "confidence": advisor.confidence.value,
        "seen": advisor.seen,
        "record": _text(advisor),
    }


def _scheme_columns(scheme: Scheme, key: int) -> dict[str, Any]:
    return {
        "key": key,
        "id": scheme.id,
        "level": scheme.level.value,
        "status": scheme.status.value,
        "closing_date": scheme.date_cloture,
        "confidence": scheme.confidence.value,
        "seen": scheme.seen,
        "record": _text(scheme),
    }


_COLUMNS = {ADVISOR: _advisor_columns, SCHEME: _scheme_columns}
