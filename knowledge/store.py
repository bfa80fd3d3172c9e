"""The knowledge store: checked content goes in whole, and comes back as the same records."""

import json
from pathlib import Path

from pydantic import BaseModel
from sqlalchemy import create_engine, delete, event, inspect, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from knowledge.errors import EmptyStore
from knowledge.loader import Content
from knowledge.models import (
    AdvisorNeedRow,
    AdvisorRow,
    Base,
    DocumentRow,
    SchemeNeedRow,
    SchemeRow,
    SchemeZoneRow,
)
from knowledge.schema import Advisor, Reference, Scheme

SECTORS, LOAD = "sectors", "load"


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; a SQLite file gets its folder, write-ahead logging and foreign keys."""
    engine = create_engine(url, future=True)
    if engine.dialect.name == "sqlite":
        database = make_url(url).database
        if database and database != ":memory:":
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection, _record) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def stored_hash(engine: Engine) -> str | None:
    """Return the digest of the content the store holds, None where it holds none."""
    if not inspect(engine).has_table(DocumentRow.__tablename__):
        return None
    with Session(engine, future=True) as session:
        row = session.get(DocumentRow, LOAD)
        return row.record["content_hash"] if row else None


def save(engine: Engine, content: Content) -> None:
    """Replace the whole store by `content`, in one transaction: readers see the old content or the new,
    never a mix.
    """
    Base.metadata.create_all(engine)
    with Session(engine, future=True) as session, session.begin():
        for model in (AdvisorNeedRow, AdvisorRow, SchemeNeedRow, SchemeZoneRow, SchemeRow, DocumentRow):
            session.execute(delete(model))
        session.add_all(map(_advisor_row, content.advisors.values()))
        session.add_all(map(_scheme_row, content.schemes.values()))
        session.add(DocumentRow(name=SECTORS, record=_document(content.reference)))
        session.add(DocumentRow(name=LOAD, record={"content_hash": content.content_hash}))


def read(engine: Engine) -> Content:
    """Return everything the store holds; raises `EmptyStore` when nothing was loaded."""
    content_hash = stored_hash(engine)
    if content_hash is None:
        raise EmptyStore(str(engine.url))
    with Session(engine, future=True) as session:
        advisors = session.scalars(select(AdvisorRow.record).order_by(AdvisorRow.id))
        schemes = session.scalars(select(SchemeRow.record).order_by(SchemeRow.id))
        return Content(
            advisors={record["id"]: Advisor(**record) for record in advisors},
            schemes={record["id"]: Scheme(**record) for record in schemes},
            reference=Reference(**session.get(DocumentRow, SECTORS).record),
            content_hash=content_hash,
        )


def _document(record: BaseModel) -> dict:
    return json.loads(record.json(exclude_none=True))


def _advisor_row(advisor: Advisor) -> AdvisorRow:
    needs = [
        AdvisorNeedRow(need=need.value, rank=rank, first=need in advisor.first_for)
        for rank, need in enumerate(advisor.needs)
    ]
    return AdvisorRow(
        id=advisor.id,
        name=advisor.name,
        kind=advisor.kind.value,
        level=advisor.level.value,
        territory=advisor.territory,
        confidence=advisor.confidence.value,
        seen=advisor.seen,
        shown=advisor.shown.value,
        record=_document(advisor),
        needs=needs,
    )


def _scheme_row(scheme: Scheme) -> SchemeRow:
    zones = [SchemeZoneRow(zone=zone, excluded=False) for zone in scheme.eligibilite_geographique]
    zones += [SchemeZoneRow(zone=zone, excluded=True) for zone in scheme.eligibilite_geographique_exclusions]
    return SchemeRow(
        id=scheme.id,
        title=scheme.titre,
        level=scheme.level.value,
        status=scheme.status.value,
        closing_date=scheme.date_cloture,
        confidence=scheme.confidence.value,
        seen=scheme.seen,
        record=_document(scheme),
        needs=[SchemeNeedRow(need=need.value, rank=rank) for rank, need in enumerate(scheme.needs)],
        zones=zones,
    )
