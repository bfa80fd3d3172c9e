"""Writes a turn down, first as it is received, then as it is finished.

Owners wait for both, so the statements are made once and are as few as that takes; the session's own way of writing
rows costs several times as much. What lists and searches are made from follows (listing.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, insert, select, update
from sqlalchemy.engine import Connection, Row

from conversations import reading
from conversations.advisor_models import HoldRow
from conversations.errors import UnknownConversation
from conversations.models import BotMessageRow, ConversationRow, OpeningRow, TurnRow
from conversations.tokens import new_id
from conversations.views import ANSWERED, RECEIVED, Message, State, Turn

BotMessage = Mapping[str, Any]
_CONVERSATIONS, _TURNS = ConversationRow.__table__, TurnRow.__table__
_MESSAGES, _OPENINGS, _HOLDS = BotMessageRow.__table__, OpeningRow.__table__, HoldRow.__table__
_OWNER, _TURN, _NAME = bindparam("owner_id"), bindparam("turn"), bindparam("name")

_BY_ID = select(_TURNS).where(_TURNS.c.id == _TURN)
_MINE = _TURNS.c.conversation_id == _OWNER
_WAITING = and_(
    _MINE, _TURNS.c.state != ANSWERED, _TURNS.c.message_id.is_not(None), _TURNS.c.message_id != _NAME
)
_STANDING = select(
    select(_TURNS.c.id).where(_MINE, _TURNS.c.message_id == _NAME).scalar_subquery().label("known"),
    exists().where(_HOLDS.c.conversation_id == _OWNER).label("held"),
    exists().where(_WAITING).label("behind"),
    exists().where(_OPENINGS.c.conversation_id == _OWNER).label("unopened"),
)
# Both rows are locked, the conversation first as everybody does: what another process wrote meanwhile is seen.
_UNDER_WAY = (
    select(
        _TURNS,
        _CONVERSATIONS.c.last_position,
        exists().where(_OPENINGS.c.conversation_id == _OWNER).label("unopened"),
    )
    .select_from(_CONVERSATIONS.join(_TURNS, _MINE))
    .where(_CONVERSATIONS.c.id == _OWNER, _TURNS.c.id == _TURN)
    .with_for_update(of=[_CONVERSATIONS, _TURNS])
)
_CHANGE_OWNER = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == _OWNER)
_CHANGE_TURN = update(_TURNS).where(_TURNS.c.id == _TURN)
_DROP_MESSAGES = delete(_MESSAGES).where(_MESSAGES.c.turn_id == _TURN)
_DROP_OPENING = delete(_OPENINGS).where(_OPENINGS.c.conversation_id == _OWNER)


@dataclass(frozen=True)
class Arrival:
    """A turn that was received, and how its conversation stands.

    `held` tells that an advisor may have it, `behind` that earlier messages may still wait, `unopened` that the engine
    may not know yet what the opening page knew: each is to be looked at again where it matters.
    """

    turn: Turn
    held: bool
    behind: bool
    unopened: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a turn: the bot's messages, and what was understood or why it failed (one word)."""

    state: State
    messages: Sequence[BotMessage]
    failure: str | None = None
    understood: Mapping[str, Any] | None = None
    territory: Mapping[str, Any] | None = None


def receive(connection: Connection, owner: Row, message_id: str, text: str, now: datetime) -> Arrival:
    """Write down what the owner of this locked conversation said; a `message_id` known already returns its turn."""
    # A statement of its own: PostgreSQL shows one that waited for a lock the other tables as they were before.
    standing = connection.execute(_STANDING, {"owner_id": owner.id, "name": message_id}).one()
    turn = _known(connection, standing.known) if standing.known else None
    if turn is None:
        row = TurnRow(
            id=new_id(),
            conversation_id=owner.id,
            message_id=message_id,
            text=text,
            position=owner.last_position + 1,
            state=RECEIVED,
            attempts=0,
            received_at=now,
        )
        seen = {"owner_id": owner.id, "last_seen_at": now, "last_position": row.position}
        connection.execute(_CHANGE_OWNER, seen)
        connection.execute(insert(_TURNS), _values(row))
        turn = reading.turn_of(row)
    return Arrival(turn, bool(standing.held), bool(standing.behind), bool(standing.unopened))


def finish(connection: Connection, turn: Turn, outcome: Outcome, now: datetime) -> Turn:
    """Write down what became of a turn, in place of an earlier notice of failure; one answered already stays as it is.

    It waits to be listed (listing.py). Raises UnknownConversation.
    """
    before = connection.execute(_UNDER_WAY, {"owner_id": turn.conversation_id, "turn": turn.id}).first()
    if before is None:
        raise UnknownConversation(turn.conversation_id)
    if before.state == ANSWERED:
        return _known(connection, turn.id)
    if before.attempts:
        connection.execute(_DROP_MESSAGES, {"turn": turn.id})
    changed = _changes(before, outcome, now)
    connection.execute(_CHANGE_TURN, {"turn": turn.id, "unlisted": True, **changed})
    messages = _answers(before, outcome.messages, now)
    _settle_owner(connection, before, outcome, len(messages))
    if messages:
        connection.execute(insert(_MESSAGES), messages)
    written = {"understood": before.understood, "model_id": before.model_id, **changed}
    said = tuple(_message(each, turn, outcome.state) for each in messages)
    return replace(turn, messages=said, **written)


def _changes(before: Row, outcome: Outcome, now: datetime) -> dict[str, Any]:
    changed = {
        "state": outcome.state,
        "failure": outcome.failure,
        "finished_at": now,
        "attempts": before.attempts + 1,
    }
    if outcome.understood is not None:
        changed |= {"understood": dict(outcome.understood), "model_id": outcome.understood.get("model_id")}
    return changed


def _settle_owner(connection: Connection, before: Row, outcome: Outcome, count: int) -> None:
    owner_id = before.conversation_id
    changed: dict[str, Any] = {"last_position": before.last_position + count} if count else {}
    if outcome.territory:
        changed["territory"] = dict(outcome.territory)
    if changed:
        connection.execute(_CHANGE_OWNER, {"owner_id": owner_id, **changed})
    if outcome.state == ANSWERED and before.unopened:
        connection.execute(_DROP_OPENING, {"owner_id": owner_id})


def _answers(before: Row, messages: Sequence[BotMessage], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "conversation_id": before.conversation_id,
            "position": before.last_position + number,
            "turn_id": before.id,
            "text": message.get("text") or "",
            "buttons": message.get("buttons") or None,
            "custom": message.get("custom") or None,
            "at": now,
        }
        for number, message in enumerate(messages, 1)
    ]


def _message(values: Mapping[str, Any], turn: Turn, state: State) -> Message:
    return Message(
        id=values["position"],
        author="bot",
        text=values["text"],
        buttons=values["buttons"],
        custom=values["custom"],
        at=values["at"],
        message_id=turn.message_id,
        state=state,
    )


def _known(connection: Connection, turn_id: str) -> Turn:
    row = connection.execute(_BY_ID, {"turn": turn_id}).one()
    said = select(_MESSAGES).where(_MESSAGES.c.turn_id == turn_id).order_by(_MESSAGES.c.position)
    return reading.turn_of(row, tuple(reading.bot_message(each, row) for each in connection.execute(said)))


def _values(row: TurnRow) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in _TURNS.columns}
