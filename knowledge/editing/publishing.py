"""A change brought into what is served, as one record of the source `edited`."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import Outdated
from knowledge.importing import pipeline
from knowledge.importing.content_records import keys_of
from knowledge.importing.models import SourceRecord
from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import EDITED, source_of
from knowledge.importing.staging import digest_of, kind_of, text_of_record
from knowledge.models import AdvisorRow, SchemeRow
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories

ROWS = {store.ADVISOR: AdvisorRow, store.SCHEME: SchemeRow}


def served_text(session: Session, kind: str, slug: str) -> str | None:
    """Return the record that is served under this id, as JSON; None where there is none."""
    row = ROWS[kind]
    return session.scalar(select(row.record).where(row.id == slug))


def publish(
    session: Session,
    record: Advisor | Scheme,
    territories: Territories,
    today: date,
    clock: Callable[[], datetime],
) -> None:
    """Serve the record from now on, whatever loads and imports bring later, in the transaction of `session`.

    Raises `Outdated` where a record of the content was read later: that one would go on being served.
    """
    kind = kind_of(record)
    item = Imported(
        _source_id(session, kind, record.id), record, tuple(keys_of(record)), f"{kind}/{record.id}"
    )
    pipeline.stage(
        session,
        [item],
        Context(source_of(EDITED), territories, today),
        file_name=f"console/{kind}/{record.id}",
        complete=False,
        clock=clock,
    )
    served = served_text(session, kind, record.id)
    if served is None or digest_of(served) != digest_of(text_of_record(record)):
        raise Outdated(record.id)


def _source_id(session: Session, kind: str, slug: str) -> str:
    """Return what the source calls the record: it may have been published under an id that has moved since."""
    columns = SourceRecord.__table__.c
    known = select(columns.source_id).where(
        columns.source == EDITED, columns.kind == kind, columns.slug == slug
    )
    return session.scalar(known) or slug
