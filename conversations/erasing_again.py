"""Erases again what owners had erased, in a record that came back from a backup."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Column, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conversations import interest_rows, passages, store
from conversations.erasing import erase
from conversations.erasures import CONVERSATION, INTEREST, Erasure, digest_of, note_digest, noted
from conversations.interest_models import InterestRow
from conversations.models import ConversationRow, metadata
from conversations.strangers import Strangers
from conversations.transactions import Transactions


def list_erasures(record: Engine) -> list[Erasure]:
    """Return the erasures that a record knows, the oldest first; raises RecordUnreachable."""
    with Transactions(record).read() as session:
        return noted(session)


def erase_again(record: Engine, strangers: Strangers, erased: Sequence[Erasure]) -> int:
    """Erase what is there of `erased` and of what the record itself knows as erased; return how many things went."""
    transactions, gone = Transactions(record), set()
    with transactions.write() as session:
        for each in erased:
            note_digest(session, each)
        session.flush()
        known = noted(session)
        gone |= _conversations(session, _moments(known, CONVERSATION))
        gone |= _interests(session, _moments(known, INTEREST))
    digests = _moments(known, CONVERSATION)
    for sender in strangers.senders():
        if digest_of(sender) in digests:
            strangers.forget(sender)
            gone.add(sender)
    passages.forget_deleted(record)
    store.wipe_log(record)
    strangers.wipe()
    return len(gone)


def _moments(known: Iterable[Erasure], what: str) -> dict[str, datetime]:
    return {each.digest: each.at for each in known if each.what == what}


def _conversations(session: Session, digests: dict[str, datetime]) -> set[str]:
    ids = {each for column in _naming() for each in session.scalars(select(column).distinct()) if each}
    found = {each for each in ids if digest_of(each) in digests}
    for each in found:
        interest_rows.leave(session, each, digests[digest_of(each)])
        erase(session, each, digests[digest_of(each)])
    return found


def _interests(session: Session, digests: dict[str, datetime]) -> set[str]:
    rows = session.execute(select(InterestRow.id, InterestRow.conversation_id)).all()
    found = [row for row in rows if digest_of(row.id) in digests]
    for row in found:
        interest_rows.leave(session, row.conversation_id, digests[digest_of(row.id)])
    return {row.id for row in found}


def _naming() -> list[Column]:
    """Return the columns that may name a conversation: its own, and those that no foreign key ties to it."""
    named = [
        table.columns.conversation_id
        for table in metadata.sorted_tables
        if "conversation_id" in table.columns
    ]
    return [ConversationRow.__table__.c.id, *(column for column in named if not column.foreign_keys)]
