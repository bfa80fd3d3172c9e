"""Records that are served no more because somebody said so: withdrawn, listed, brought back.

What sources say of a withdrawn record stays in the store and goes on being brought by loads and imports; it is only not
served. So nothing is lost, and bringing it back serves what the sources say by then.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import Change, Editor, NotTheirs, Overtaken
from knowledge.editing.keeping import own
from knowledge.editing.publishing import served_text
from knowledge.importing import pipeline
from knowledge.importing.models import WithdrawalRow
from knowledge.importing.staging import MODELS
from knowledge.models import DocumentRow, SchemeRow
from knowledge.schema import Advisor, Scheme
from knowledge.stored import build

# Fields of a scheme that name other records: what they name is served, or the scheme is not right.
NAMING = {
    store.ADVISOR: ("contacts",),
    store.SCHEME: ("variant_of", "replaced_by", "chainage_paiement", "combined_with", "not_combined_with"),
}


class StillNamed(RuntimeError):
    """Schemes that are served name the record; `ids` are theirs."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(", ".join(ids))
        self.ids = ids


@dataclass(frozen=True)
class Withdrawn:
    """A record that is withdrawn, as it was served last; `at` is when, in UTC."""

    kind: str
    slug: str
    record: Advisor | Scheme
    at: datetime


def withdraw(session: Session, change: Change, at: datetime) -> None:
    """Serve the record no more, whatever loads and imports bring. Raises StillNamed."""
    if ids := named_by(session, change.kind, change.slug):
        raise StillNamed(ids)
    text = served_text(session, change.kind, change.slug)
    session.add(WithdrawalRow(kind=change.kind, slug=change.slug, record=text, at=at))
    session.flush()
    store.remove(session, change.kind, [change.slug])
    _spend_a_key(session)


def bring_back(session: Session, change: Change, today: date) -> None:
    """Serve what the sources say of the record by now. Raises Overtaken where it is back, or no source has it still."""
    found = session.get(WithdrawalRow, (change.kind, change.slug))
    if found is None:
        raise Overtaken(change.slug)
    session.delete(found)
    session.flush()
    pipeline.serve(session, change.kind, {change.slug}, today)
    if served_text(session, change.kind, change.slug) is None:
        raise Overtaken(change.slug)


def withdrawn(session: Session, editor: Editor, kind: str, slug: str) -> Withdrawn:
    """Return a withdrawn record that the editor keeps; raises NotTheirs."""
    found = session.get(WithdrawalRow, (kind, slug)) if kind in MODELS else None
    if found is None:
        raise NotTheirs(slug)
    view = _view(found)
    if not editor.keeps_all:
        own(session, editor, view.record)
    return view


def all_withdrawn(session: Session, editor: Editor) -> Iterator[Withdrawn]:
    """Yield the withdrawn records that the editor keeps, the latest first."""
    for row in session.scalars(select(WithdrawalRow).order_by(WithdrawalRow.at.desc(), WithdrawalRow.slug)):
        with suppress(NotTheirs):
            yield withdrawn(session, editor, row.kind, row.slug)


def is_withdrawn(session: Session, kind: str, slug: str) -> bool:
    """Say whether the id is that of a withdrawn record."""
    return session.get(WithdrawalRow, (kind, slug)) is not None


def named_by(session: Session, kind: str, slug: str) -> list[str]:
    """Return the ids of the schemes that are served and name this record, sorted."""
    quoted = select(SchemeRow.id, SchemeRow.record).where(
        SchemeRow.record.contains(f'"{slug}"', autoescape=True)
    )
    return sorted(row.id for row in session.execute(quoted) if slug in _named(json.loads(row.record), kind))


def _spend_a_key(session: Session) -> None:
    """Let every process see that what is served is another: a record that is taken out gives no new key by itself."""
    keys = session.get(DocumentRow, store.KEYS)
    store.set_document(session, store.KEYS, {"next": keys.record["next"] + 1})


def _named(record: dict[str, Any], kind: str) -> set[str]:
    found = [record.get(name) or [] for name in NAMING[kind]]
    return {each for value in found for each in (value if isinstance(value, list) else [value])}


def _view(row: WithdrawalRow) -> Withdrawn:
    at = row.at.replace(tzinfo=timezone.utc)
    return Withdrawn(row.kind, row.slug, build(MODELS[row.kind], row.record), at)
