"""The desk where records are changed: drafted, sent to a second person, published or refused.

Whose a record is to keep, and who may publish what, is decided here and nowhere else.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import (
    OPEN,
    Change,
    Decided,
    Editor,
    NeedsAnother,
    NothingChanged,
    NotTheirs,
    Overtaken,
    State,
    change_of,
)
from knowledge.editing.checking import Stored, checked
from knowledge.editing.keeping import is_paid, payers
from knowledge.editing.models import ChangeRow
from knowledge.editing.publishing import publish, served_text
from knowledge.importing.fields import utc_now
from knowledge.importing.staging import MODELS, changed_fields, digest_of, text_of_record
from knowledge.reading import reaching
from knowledge.schema import Advisor, Scheme
from knowledge.stored import build
from knowledge.territories import Territories

NOTHING = "{}"


class EditingDesk:
    """Changes of the records in the store behind `engine`, one transaction a call.

    Every call raises `NotTheirs` for a record or a change that is not there or not the editor's, and
    `StoreUnreachable` where the store does not answer.
    """

    def __init__(
        self,
        engine: Engine,
        territories: Territories,
        clock: Callable[[], datetime] = utc_now,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._engine = engine
        self._territories = territories
        self._clock = clock
        self._today = today

    def record(self, editor: Editor, kind: str, slug: str) -> Advisor | Scheme:
        """Return the record as it is served."""
        with self._reading() as session:
            return _kept(session, editor, kind, slug)

    def draft(
        self, editor: Editor, kind: str, slug: str, values: Mapping[str, Any], note: str | None = None
    ) -> Change:
        """Keep what the record is to be, in place of the editor's earlier draft of it; nothing is served of it.

        Only those who keep all records draft a new one. Raises `Faulty` with all that is wrong, `NothingChanged`.
        """
        with self._writing() as session:
            before = self._before(session, editor, kind, slug)
            fixed = {"id": slug, "provenance": json.loads(before or NOTHING).get("provenance")}
            record = checked(kind, {**values, **fixed}, Stored(session), self._territories)
            if kind == store.SCHEME and not editor.keeps_all:
                _own(session, editor, record)
            text = text_of_record(record)
            fields = changed_fields(before or NOTHING, text)
            if not fields:
                raise NothingChanged(slug)
            self._drop_drafts(session, editor, kind, slug)
            row = ChangeRow(
                kind=kind,
                slug=slug,
                before=before,
                record=text,
                fields=[name for name in MODELS[kind].__fields__ if name in fields],
                note=note or None,
                state=State.DRAFT.value,
                author_id=editor.id,
                author_name=editor.name,
                made_at=self._now(),
            )
            session.add(row)
            session.flush()
            return change_of(row)

    def change(self, editor: Editor, number: int) -> Change:
        """Return a change; a draft is its author's alone."""
        with self._reading() as session:
            return change_of(_row(session, editor, number))

    def send(self, editor: Editor, number: int) -> Change:
        """Send a draft to a second person. Raises `Decided` where it was sent already."""
        with self._writing() as session:
            row = _row(session, editor, number)
            if row.state != State.DRAFT.value:
                raise Decided(number)
            row.state = State.PROPOSED.value
            return change_of(row)

    def publish(self, editor: Editor, number: int) -> Change:
        """Serve the change from now on.

        By whoever keeps all records and did not make it; by its author where a body says facts of itself
        (`OWN_FACTS`). Raises `NeedsAnother`, `Decided`, `Overtaken`, `Outdated`, `Faulty`.
        """
        with self._writing() as session:
            row = _row(session, editor, number)
            change = change_of(row)
            if not change.is_open:
                raise Decided(number)
            if not may_publish(editor, change):
                raise NeedsAnother(number)
            served = served_text(session, change.kind, change.slug)
            if (served and digest_of(served)) != (row.before and digest_of(row.before)):
                raise Overtaken(number)
            record = checked(change.kind, change.record, Stored(session), self._territories)
            publish(session, record, self._territories, self._today(), self._clock)
            return self._decide(row, editor, State.PUBLISHED, None)

    def refuse(self, editor: Editor, number: int, reason: str) -> Change:
        """Refuse a change that somebody sent, and say why. Raises `NeedsAnother`, `Decided`."""
        with self._writing() as session:
            row = _row(session, editor, number)
            if row.state != State.PROPOSED.value:
                raise Decided(number)
            if not editor.keeps_all or row.author_id == editor.id:
                raise NeedsAnother(number)
            return self._decide(row, editor, State.REFUSED, reason)

    def drop(self, editor: Editor, number: int) -> Change:
        """Take back a change of one's own. Raises `NeedsAnother`, `Decided`."""
        with self._writing() as session:
            row = _row(session, editor, number)
            if row.state not in OPEN:
                raise Decided(number)
            if row.author_id != editor.id:
                raise NeedsAnother(number)
            return self._decide(row, editor, State.DROPPED, None)

    def history(self, editor: Editor, kind: str, slug: str) -> list[Change]:
        """Return the changes of a record that are published, refused or sent, the latest first."""
        shown = [state.value for state in (State.PUBLISHED, State.REFUSED, State.PROPOSED)]
        with self._reading() as session:
            if served_text(session, kind, slug) is not None:
                _kept(session, editor, kind, slug)
            elif not editor.keeps_all:
                raise NotTheirs(slug)
            wanted = select(ChangeRow).where(
                ChangeRow.kind == kind, ChangeRow.slug == slug, ChangeRow.state.in_(shown)
            )
            return [change_of(row) for row in session.scalars(wanted.order_by(ChangeRow.id.desc()))]

    def waiting(self, editor: Editor, limit: int = 200) -> list[Change]:
        """Return the changes that wait for a decision and the editor's own drafts, the oldest first."""
        own_drafts = (ChangeRow.state == State.DRAFT.value) & (ChangeRow.author_id == editor.id)
        wanted = select(ChangeRow).where((ChangeRow.state == State.PROPOSED.value) | own_drafts)
        if not editor.keeps_all:
            theirs = (ChangeRow.kind == store.ADVISOR) & ChangeRow.slug.in_(sorted(editor.bodies))
            wanted = wanted.where(theirs | (ChangeRow.author_id == editor.id))
        with self._reading() as session:
            return [change_of(row) for row in session.scalars(wanted.order_by(ChangeRow.id).limit(limit))]

    def _before(self, session: Session, editor: Editor, kind: str, slug: str) -> str | None:
        served = served_text(session, kind, slug)
        if served is None:
            if not editor.keeps_all:
                raise NotTheirs(slug)
            return None
        _kept(session, editor, kind, slug)
        return served

    def _drop_drafts(self, session: Session, editor: Editor, kind: str, slug: str) -> None:
        mine = (ChangeRow.kind == kind) & (ChangeRow.slug == slug) & (ChangeRow.author_id == editor.id)
        for row in session.scalars(select(ChangeRow).where(mine, ChangeRow.state == State.DRAFT.value)):
            session.delete(row)

    def _decide(self, row: ChangeRow, editor: Editor, state: State, reason: str | None) -> Change:
        row.state, row.reason = state.value, reason
        row.decided_by_id, row.decided_by_name, row.decided_at = editor.id, editor.name, self._now()
        return change_of(row)

    def _now(self) -> datetime:
        return self._clock().replace(tzinfo=None)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with reaching(), Session(self._engine, future=True) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with reaching(), Session(self._engine, future=True) as session, session.begin():
            store.lock(session)
            yield session


def may_publish(editor: Editor, change: Change) -> bool:
    """Say whether this editor may publish the change: a second person, or a body about itself."""
    if change.author_id == editor.id:
        return change.is_own_fact(editor.bodies or frozenset())
    return editor.keeps_all


def _kept(session: Session, editor: Editor, kind: str, slug: str) -> Advisor | Scheme:
    text = served_text(session, kind, slug) if kind in MODELS else None
    if text is None:
        raise NotTheirs(slug)
    record = build(MODELS[kind], text)
    if not editor.keeps_all:
        _own(session, editor, record)
    return record


def _own(session: Session, editor: Editor, record: Advisor | Scheme) -> None:
    if isinstance(record, Scheme):
        theirs = is_paid(record, payers(session, editor.bodies))
    else:
        theirs = record.id in editor.bodies
    if not theirs:
        raise NotTheirs(record.id)


def _row(session: Session, editor: Editor, number: int) -> ChangeRow:
    """Return the change, held until the transaction ends: the author's own, or a sent one of a record they keep."""
    row = session.get(ChangeRow, number, with_for_update=True)
    if row is None:
        raise NotTheirs(number)
    if row.author_id != editor.id:
        if row.state == State.DRAFT.value:
            raise NotTheirs(number)
        if not editor.keeps_all:
            _kept(session, editor, row.kind, row.slug)
    return row
