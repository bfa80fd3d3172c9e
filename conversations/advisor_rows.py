"""Writes into conversations what no turn of the owner brought, within the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conversations import digests, passages
from conversations.advisor_models import AdvisorMessageRow
from conversations.channel_models import CorrespondentRow
from conversations.models import BotMessageRow, ConversationRow, TurnRow
from conversations.tokens import new_id
from conversations.views import ANSWERED


def post(
    session: Session,
    conversation_id: str,
    text: str,
    custom: dict[str, Any],
    now: datetime,
    account_id: str | None = None,
) -> int | None:
    """Write a message of the bot's side, to go out wherever the owner is; return its number.

    None, and nothing written, where the record does not know the conversation.
    """
    owner = session.get(ConversationRow, conversation_id, with_for_update=True)
    if owner is None:
        return None
    turn = TurnRow(
        id=new_id(), conversation_id=owner.id, state=ANSWERED, attempts=1, received_at=now, finished_at=now
    )
    session.add(turn)
    session.flush()
    position = add_message(session, owner, turn, text, custom, now)
    digests.finished(session, owner, turn)
    passages.note(session.connection(), turn, [text], advisor=account_id is not None)
    on_channel = session.get(CorrespondentRow, conversation_id) is not None
    session.add(
        AdvisorMessageRow(
            conversation_id=owner.id, position=position, account_id=account_id, routed=not on_channel, at=now
        )
    )
    session.flush()
    return position


def add_message(
    session: Session, owner: ConversationRow, turn: TurnRow, text: str, custom: dict[str, Any], now: datetime
) -> int:
    """Add one message of the bot's side to a turn; return its number."""
    owner.last_position += 1
    session.add(
        BotMessageRow(
            conversation_id=owner.id,
            position=owner.last_position,
            turn_id=turn.id,
            text=text,
            custom=custom,
            at=now,
        )
    )
    session.flush()
    return owner.last_position
