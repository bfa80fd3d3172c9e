"""From rows to the values the record hands out."""

from sqlalchemy import bindparam, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from conversations.errors import UnknownConversation
from conversations.models import BotMessageRow, ConversationRow, OpeningRow, TurnRow
from conversations.views import Conversation, Message, Opening, Turn


def conversation_view(row: ConversationRow | Row | None) -> Conversation:
    """Return the conversation of `row`; raises UnknownConversation when there is none."""
    if row is None:
        raise UnknownConversation()
    return Conversation(
        id=row.id,
        token_hash=row.token_hash,
        channel=row.channel,
        territory=row.territory,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


def turn_view(session: Session, row: TurnRow) -> Turn:
    """Return the turn with the bot's messages in order."""
    rows = session.scalars(
        select(BotMessageRow).where(BotMessageRow.turn_id == row.id).order_by(BotMessageRow.position)
    )
    return turn_of(row, tuple(bot_message(message, row) for message in rows))


def turn_of(row: TurnRow | Row, messages: tuple[Message, ...] = ()) -> Turn:
    """Return the turn of `row` with these messages of the bot."""
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        text=row.text,
        state=row.state,
        messages=messages,
        understood=row.understood,
        model_id=row.model_id,
        failure=row.failure,
        attempts=row.attempts,
        received_at=row.received_at,
        finished_at=row.finished_at,
    )


def find_opening(session: Session, conversation_id: str) -> Opening | None:
    """Return the opening that still waits for an answer, or None."""
    row = session.get(OpeningRow, conversation_id)
    if row is None:
        return None
    turn = turn_view(session, session.get(TurnRow, row.turn_id))
    return Opening(turn=turn, territory=row.territory, need=row.need)


_SAID = (
    select(
        TurnRow.position.label("number"),
        TurnRow.text,
        TurnRow.received_at,
        TurnRow.message_id,
        TurnRow.state,
        BotMessageRow.position,
        BotMessageRow.text.label("answer"),
        BotMessageRow.buttons,
        BotMessageRow.custom,
        BotMessageRow.at,
    )
    .outerjoin(BotMessageRow, BotMessageRow.turn_id == TurnRow.id)
    .where(
        TurnRow.conversation_id == bindparam("conversation"),
        or_(TurnRow.position > bindparam("after"), BotMessageRow.position > bindparam("after")),
    )
)
_KNOWN = select(ConversationRow.id).where(ConversationRow.id == bindparam("conversation"))


def messages_after(connection: Connection, conversation_id: str, position: int) -> list[Message]:
    """Return owner's and bot's messages above `position`, in the order they were written.

    One statement: between two, PostgreSQL may let a turn in, and a listener would pass over its message. Columns,
    without the session's rows: every listener asks at each sign of life. Raises UnknownConversation.
    """
    if connection.execute(_KNOWN, {"conversation": conversation_id}).first() is None:
        raise UnknownConversation(conversation_id)
    messages: dict[int, Message] = {}
    for row in connection.execute(_SAID, {"conversation": conversation_id, "after": position}):
        of_turn = {"message_id": row.message_id, "state": row.state}
        if row.number is not None and row.number > position:
            messages[row.number] = Message(
                row.number, "owner", row.text, None, None, at=row.received_at, **of_turn
            )
        if row.position is not None and row.position > position:
            messages[row.position] = Message(
                row.position, "bot", row.answer, row.buttons, row.custom, at=row.at, **of_turn
            )
    return [messages[number] for number in sorted(messages)]


def bot_message(row: BotMessageRow | Row, turn: TurnRow | Row) -> Message:
    """Return the bot's message of `row`, which answers `turn`."""
    return Message(
        id=row.position,
        author="bot",
        text=row.text,
        buttons=row.buttons,
        custom=row.custom,
        at=row.at,
        message_id=turn.message_id,
        state=turn.state,
    )
