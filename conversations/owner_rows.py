"""Conversations as rows to write in."""

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection, Row

from conversations.errors import UnknownConversation
from conversations.models import ConversationRow

_CONVERSATIONS = ConversationRow.__table__
_LOCKED = select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("owner_id")).with_for_update()


def locked(connection: Connection, conversation_id: str) -> Row:
    """Return the row, held until the transaction ends, so that two processes write one after the other.

    Raises UnknownConversation.
    """
    row = connection.execute(_LOCKED, {"owner_id": conversation_id}).first()
    if row is None:
        raise UnknownConversation(conversation_id)
    return row
