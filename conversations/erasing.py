"""Erases a conversation from every table of the record, and says what was there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from conversations import erasures
from conversations.models import ConversationRow, metadata
from conversations.review_models import ExportLineRow


@dataclass(frozen=True)
class Erased:
    """What an erasure found and removed: messages of both sides, requests for advice, interests.

    `exports` are the ids of exports that held messages of the conversation: they are to be made again.
    """

    messages: int
    requests: int
    interests: int
    at: datetime
    exports: tuple[str, ...] = ()


def erase(session: Session, conversation_id: str, at: datetime) -> None:
    """Delete every row that names the conversation, whatever table it stands in, and the conversation itself.

    That it was erased is noted by its digest, so that a backup does not bring it back. Tables that refer to others come
    first. A table without a column `conversation_id` holds nothing of an owner, or belongs to one that has it.
    """
    erasures.hide_reads(session, conversation_id)
    erasures.note(session, erasures.CONVERSATION, conversation_id, at)
    for table in reversed(_tables()):
        session.execute(delete(table).where(table.columns.conversation_id == conversation_id))
    session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))


def found(session: Session, conversation_id: str, at: datetime) -> Erased:
    """Return what an erasure would remove; turns in which the owner said nothing are no messages."""
    tables = metadata.tables
    spoken = tables["turns"].columns.position.is_not(None)
    said = _count(session, tables["turns"], conversation_id, spoken)
    return Erased(
        messages=said + _count(session, tables["bot_messages"], conversation_id),
        requests=_count(session, tables["requests"], conversation_id),
        interests=_count(session, tables["interests"], conversation_id),
        at=at,
        exports=_exports(session, conversation_id),
    )


def traces(session: Session, conversation_id: str) -> int:
    """Return how many rows of all tables still name the conversation, its own included."""
    named = sum(_count(session, table, conversation_id) for table in _tables())
    return named + (session.get(ConversationRow, conversation_id) is not None)


def _exports(session: Session, conversation_id: str) -> tuple[str, ...]:
    held = select(ExportLineRow.export_id).where(ExportLineRow.conversation_id == conversation_id).distinct()
    return tuple(session.scalars(held.order_by(ExportLineRow.export_id)))


def _count(session: Session, table: Table, conversation_id: str, *also: Any) -> int:
    rows = select(func.count()).select_from(table)
    return session.scalar(rows.where(table.columns.conversation_id == conversation_id, *also))


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if "conversation_id" in table.columns]
