"""Which of the tokens that were given for a conversation is good at the moment."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from conversations.errors import UnknownConversation
from conversations.models import ConversationRow, TokenSerialRow
from conversations.signing import OwnerToken
from conversations.tokens import token_hash

# For so long the token before is good after the new one was shown: another tab may still be sending it.
GRACE = timedelta(minutes=10)


_CONVERSATIONS, _SERIALS = ConversationRow.__table__, TokenSerialRow.__table__
# Looked up at every request: columns, without the session's rows.
_HOLDER = (
    select(_CONVERSATIONS, _SERIALS.c.serial, _SERIALS.c.since)
    .outerjoin(_SERIALS, _SERIALS.c.conversation_id == _CONVERSATIONS.c.id)
    .where(_CONVERSATIONS.c.token_hash == bindparam("hash"))
)
_HOLDER_LOCKED = _HOLDER.with_for_update(of=_CONVERSATIONS)


def holder_of(
    connection: Connection, token: OwnerToken, now: datetime, locked: bool = False
) -> tuple[Row, bool]:
    """Return the conversation that `token` opens, and whether it is a new token that is shown for the first time.

    When `locked`, the conversation is held until the transaction ends. Raises UnknownConversation for a token that is
    no longer, or was never, good.
    """
    wanted = _HOLDER_LOCKED if locked else _HOLDER
    found = connection.execute(wanted, {"hash": token_hash(token.key)}).first()
    if found is None:
        raise UnknownConversation()
    shown = found.serial is not None
    serial = found.serial or 0
    late = shown and token.serial == serial - 1 and now - found.since <= GRACE
    # Of a conversation that began with a signed token, the key alone opens nothing.
    bare = not token.signed and shown and not late
    if bare or not (token.serial in (serial, serial + 1) or late):
        raise UnknownConversation()
    return found, token.serial == serial + 1


def first_token(conversation: ConversationRow, now: datetime) -> TokenSerialRow:
    """Return the row that says that the conversation began with a signed token."""
    return TokenSerialRow(conversation_id=conversation.id, serial=0, since=now)


def note_shown(connection: Connection, conversation_id: str, token: OwnerToken, now: datetime) -> None:
    """Write that the new token was shown; the conversation is locked."""
    mine = _SERIALS.c.conversation_id == conversation_id
    known = connection.scalar(select(_SERIALS.c.serial).where(mine))
    if known is None and token.serial <= 1:
        connection.execute(
            insert(_SERIALS).values(conversation_id=conversation_id, serial=token.serial, since=now)
        )
    elif known is not None and token.serial == known + 1:
        connection.execute(update(_SERIALS).where(mine).values(serial=token.serial, since=now))


def any_unsigned(session: Session, channel: str) -> bool:
    """Tell whether there is a conversation whose owner was given a token of before they were signed."""
    signed = exists().where(TokenSerialRow.conversation_id == ConversationRow.id)
    old = select(ConversationRow.id).where(ConversationRow.channel == channel, ~signed).limit(1)
    return session.scalar(old) is not None
