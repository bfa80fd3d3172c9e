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
from knowledge.editing import withdrawing
from knowledge.editing.changes import (
    OPEN,
    Act,
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
from knowledge.editing.checking import Fault, Faulty, Stored, checked
from knowledge.editing.keeping import is_paid, kept, own, payers
from knowledge.editing.models import ChangeRow
from knowledge.editing.publishing import publish, served_text
from knowledge.editing.withdrawing import Withdrawn
from knowledge.importing.fields import utc_now
from knowledge.importing.staging import MODELS, changed_fields, digest_of, kind_of, text_of_record
from knowledge.reading import reaching
from knowledge.schema import Advisor, Scheme
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
            return kept(session, editor, kind, slug)

    def draft(
        self, editor: Editor, kind: str, slug: str, values: Mapping[str, Any], note: str | None = None
    ) -> Change:
        """Keep what the record is to be, in place of the editor's earlier draft of it; nothing is served of it.

        Raises `Faulty` with all that is wrong, `NothingChanged`.
        """
        with self._writing() as session:
            kept(session, editor, kind, slug)
            before = served_text(session, kind, slug)
            fixed = {"id": slug, "provenance": json.loads(before).get("provenance")}
            record = checked(kind, {**values, **fixed}, Stored(session), self._territories)
            if kind == store.SCHEME and not editor.keeps_all:
                own(session, editor, record)
            return self._draft(session, editor, kind, slug, before, text_of_record(record), note)

    def begin(self, editor: Editor, kind: str, values: Mapping[str, Any], note: str | None = None) -> Change:
        """Keep what a new record is to be, as `draft` does; `values` give its id.

        Everybody may propose one, and nobody publishes their own. Raises `Faulty`, also where the id is taken, or where
        the scheme names none of the editor's bodies among those who pay.
        """
        with self._writing() as session:
            record = checked(kind, {**values, "provenance": None}, Stored(session), self._territories)
            if faults := list(_unfit(session, editor, record)):
                raise Faulty(faults)
            return self._draft(session, editor, kind, record.id, None, text_of_record(record), note)

    def withdraw(self, editor: Editor, kind: str, slug: str, why: str) -> Change:
        """Keep as a draft that the record is to be served no more. Raises `StillNamed`."""
        with self._writing() as session:
            text = text_of_record(kept(session, editor, kind, slug))
            if ids := withdrawing.named_by(session, kind, slug):
                raise withdrawing.StillNamed(ids)
            return self._draft(session, editor, kind, slug, text, text, why, Act.WITHDRAW)

    def restore(self, editor: Editor, kind: str, slug: str, why: str) -> Change:
        """Keep as a draft that a withdrawn record is to be served again."""
        with self._writing() as session:
            record = withdrawing.withdrawn(session, editor, kind, slug).record
            return self._draft(session, editor, kind, slug, None, text_of_record(record), why, Act.RESTORE)

    def withdrawn(self, editor: Editor, kind: str, slug: str) -> Withdrawn:
        """Return a record that is withdrawn."""
        with self._reading() as session:
            return withdrawing.withdrawn(session, editor, kind, slug)

    def all_withdrawn(self, editor: Editor) -> list[Withdrawn]:
        """Return the withdrawn records that the editor keeps, the latest first."""
        with self._reading() as session:
            return list(withdrawing.all_withdrawn(session, editor))

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
        (`OWN_FACTS`). Raises `NeedsAnother`, `Decided`, `Overtaken`, `Outdated`, `Faulty`, `StillNamed`.
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
            self._carry_out(session, change)
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
            if withdrawing.is_withdrawn(session, kind, slug):
                withdrawing.withdrawn(session, editor, kind, slug)
            else:
                kept(session, editor, kind, slug)
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

    def _draft(
        self,
        session: Session,
        editor: Editor,
        kind: str,
        slug: str,
        before: str | None,
        text: str,
        note: str | None,
        act: Act = Act.EDIT,
    ) -> Change:
        fields = changed_fields(before or NOTHING, text) if act is Act.EDIT else []
        if act is Act.EDIT and not fields:
            raise NothingChanged(slug)
        self._drop_drafts(session, editor, kind, slug)
        row = ChangeRow(kind=kind, slug=slug, before=before, record=text, note=note or None, act=act.value)
        row.fields = [name for name in MODELS[kind].__fields__ if name in fields]
        row.state, row.made_at = State.DRAFT.value, self._now()
        row.author_id, row.author_name = editor.id, editor.name
        session.add(row)
        session.flush()
        return change_of(row)

    def _carry_out(self, session: Session, change: Change) -> None:
        if change.act is Act.WITHDRAW:
            withdrawing.withdraw(session, change, self._now())
        elif change.act is Act.RESTORE:
            withdrawing.bring_back(session, change, self._today())
        elif withdrawing.is_withdrawn(session, change.kind, change.slug):
            raise Overtaken(change.slug)
        else:
            record = checked(change.kind, change.record, Stored(session), self._territories)
            publish(session, record, self._territories, self._today(), self._clock)

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


def _unfit(session: Session, editor: Editor, record: Advisor | Scheme) -> Iterator[Fault]:
    """Yield what stands against a new record that is right by itself."""
    kind = kind_of(record)
    if served_text(session, kind, record.id) is not None or withdrawing.is_withdrawn(
        session, kind, record.id
    ):
        yield Fault(("id",), "taken", {"value": record.id})
    if kind == store.SCHEME and not editor.keeps_all and not is_paid(record, payers(session, editor.bodies)):
        yield Fault(("porteurs",), "not_paid_by_you")


def _row(session: Session, editor: Editor, number: int) -> ChangeRow:
    """Return the change, held until the transaction ends: the author's own, or a sent one of a record they keep."""
    row = session.get(ChangeRow, number, with_for_update=True)
    if row is None:
        raise NotTheirs(number)
    if row.author_id != editor.id:
        if row.state == State.DRAFT.value:
            raise NotTheirs(number)
        if not editor.keeps_all:
            kept(session, editor, row.kind, row.slug)
    return row
