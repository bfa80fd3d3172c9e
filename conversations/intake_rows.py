"""Stores a batch of events, within the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.beginning import begin
from conversations.channel_models import CorrespondentRow, InboundEventRow, SeenEventRow
from conversations.channel_views import RECEIVED, Incoming, Taken
from conversations.models import ConversationRow, TurnRow


def store(
    session: Session, channel: str, events: Sequence[Incoming], now: datetime, due_at: datetime
) -> Taken:
    """Store what has not been seen before; return what came of the batch."""
    rows, repeated, opened = [], 0, 0
    for event in events:
        if session.get(SeenEventRow, (channel, event.provider_id)) is not None:
            repeated += 1
            continue
        session.add(SeenEventRow(channel=channel, provider_id=event.provider_id, at=now))
        owner = _correspondent(session, channel, event.digest)
        if owner is None:
            owner, opened = _begin(session, channel, event, now), opened + 1
        row = _store(session, owner, event, now)
        if row is not None:
            owner.heard_at = max(owner.heard_at, _heard_at(event, now))
            owner.due_at = due_at
            # Retention counts from here, also while the message waits.
            session.get(ConversationRow, owner.conversation_id).last_seen_at = now
            rows.append(row)
        session.flush()
    return Taken(tuple(row.id for row in rows), repeated, opened)


def _correspondent(session: Session, channel: str, digest: str) -> CorrespondentRow | None:
    mine = (CorrespondentRow.channel == channel) & (CorrespondentRow.digest == digest)
    return session.scalar(select(CorrespondentRow).where(mine).with_for_update())


def _begin(session: Session, channel: str, event: Incoming, now: datetime) -> CorrespondentRow:
    # Its token is nobody's: on a channel the owner is known by the address.
    _, conversation = begin(channel, None, now)
    session.add(conversation)
    session.flush()
    owner = CorrespondentRow(
        conversation_id=conversation.id,
        channel=channel,
        digest=event.digest,
        sealed=event.sealed,
        heard_at=_heard_at(event, now),
    )
    session.add(owner)
    return owner


def _heard_at(event: Incoming, now: datetime) -> datetime:
    """Return when the owner wrote: a provider's clock may be ahead of ours, and a repeated call may come days late."""
    return min(event.sent_at or now, now)


def _store(
    session: Session, owner: CorrespondentRow, event: Incoming, now: datetime
) -> InboundEventRow | None:
    earlier = _earlier(session, owner, event) if event.edits else None
    if earlier is not None and earlier.state == RECEIVED:
        earlier.text, earlier.kind = event.text, event.kind
        return earlier
    if earlier is not None and _said(session, earlier) == event.text:
        return None
    row = InboundEventRow(
        conversation_id=owner.conversation_id,
        channel=owner.channel,
        provider_id=event.provider_id,
        reference=event.reference,
        rank=event.rank,
        kind=event.kind,
        text=event.text,
        state=RECEIVED,
        attempts=0,
        received_at=now,
    )
    session.add(row)
    return row


def _earlier(session: Session, owner: CorrespondentRow, event: Incoming) -> InboundEventRow | None:
    """Return the last version of the message that is edited."""
    mine = InboundEventRow.conversation_id == owner.conversation_id
    versions = select(InboundEventRow).where(mine, InboundEventRow.reference == event.reference)
    return session.scalar(versions.order_by(InboundEventRow.id.desc()).limit(1))


def _said(session: Session, row: InboundEventRow) -> str | None:
    """Return the words of an event that was handed on, None where it had none."""
    mine = (TurnRow.conversation_id == row.conversation_id) & (TurnRow.message_id == row.provider_id)
    return session.scalar(select(TurnRow.text).where(mine))
