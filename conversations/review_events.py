"""Notes who did what in a review, within the transaction that does it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.review_models import ReviewEventRow
from conversations.review_views import Event, Who
from conversations.tokens import new_id


def note(
    session: Session,
    conversation_id: str,
    what: str,
    who: Who,
    at: datetime,
    value: Any = None,
    turn_id: str | None = None,
) -> None:
    """Add one act; `value` is what it was done with (a state, a tag, a reason)."""
    row = ReviewEventRow(
        id=new_id(), conversation_id=conversation_id, turn_id=turn_id, what=what, value=value
    )
    row.account_id, row.account_name, row.at = who.account_id, who.name, at
    session.add(row)


def events(session: Session, conversation_id: str) -> tuple[Event, ...]:
    """Return all that was done in the review of a conversation, in order."""
    mine = select(ReviewEventRow).where(ReviewEventRow.conversation_id == conversation_id)
    rows = session.scalars(mine.order_by(ReviewEventRow.at, ReviewEventRow.id))
    return tuple(
        Event(row.what, row.value, row.turn_id, Who(row.account_id, row.account_name), row.at) for row in rows
    )
