"""An owner takes a request back: what has not left stays here, and who has it already is told."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conversations import handling_rows as rows
from conversations.handling_models import RequestHolderRow
from conversations.letters import Letters
from conversations.outbox import DUE, HANDOVER, Outbox
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_reading import WITHDRAWN, request_view
from conversations.request_views import CLOSED, CONFIRMATION, NOTICE, REMINDER, Status

# What a request taken back is for all who count: it is over, and nobody helped with it.
OVER: Status = "done without help"
# Mail that passes a request on.
PASSING_ON = (NOTICE, REMINDER, HANDOVER)


def withdraw(
    session: Session, row: RequestRow, now: datetime, letters: Letters, outbox: Outbox, posts: bool
) -> None:
    """Close the request of `row`, held by the caller; one that is closed already stays as it is.

    A mail that somebody is sending right now may still arrive; the one that takes the request back follows it.
    """
    if row.status in CLOSED:
        return
    mine = (OutboxRow.request_id == row.id) & OutboxRow.kind.in_(PASSING_ON)
    untouched = (OutboxRow.request_id == row.id) & OutboxRow.kind.in_((*PASSING_ON, CONFIRMATION))
    untouched &= (OutboxRow.state == DUE) & (OutboxRow.attempts == 0)
    session.execute(delete(OutboxRow).where(untouched).execution_options(synchronize_session=False))
    passed_on = session.scalar(select(OutboxRow.id).where(mine).limit(1)) is not None
    row.status, row.changed_at = OVER, now
    session.flush()
    rows.tell(
        session,
        row,
        WITHDRAWN,
        now,
        mail_id=_told(session, row, letters, outbox, passed_on) if posts else None,
    )


def _told(session: Session, row: RequestRow, letters: Letters, outbox: Outbox, passed_on: bool) -> str | None:
    """Write to who knows of a request: the advisor who has taken it, else the body it was passed on to."""
    holder = select(RequestHolderRow.email).where(RequestHolderRow.request_id == row.id)
    to = session.scalar(holder) or (row.recipient_email if passed_on else None)
    if not to:
        return None
    view = request_view(session, row)
    return outbox.put(session, letters.withdrawn(view, to), WITHDRAWN, row.conversation_id, row.id)
