"""Erases a conversation from every table of the record."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from conversations.models import ConversationRow, metadata


def erase(session: Session, conversation_id: str) -> None:
    """Delete every row that names the conversation, whatever table it stands in, and the conversation itself.

    Tables that refer to others come first. A table without a column `conversation_id` holds nothing of an owner, or
    belongs to one that has it.
    """
    for table in reversed(metadata.sorted_tables):
        if "conversation_id" in table.columns:
            session.execute(delete(table).where(table.columns.conversation_id == conversation_id))
    session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
