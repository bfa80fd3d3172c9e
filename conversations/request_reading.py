"""From rows of requests to the values that are handed out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conversations.outbox import GIVEN_UP, REFUSED
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_views import NEW, NewRequest, Recipient, Request

SAME = (
    *(
        "id",
        "conversation_id",
        "reference",
        "status",
        "need",
        "place",
        "trade",
        "headcount",
        "summary",
        "name",
    ),
    *("email", "phone", "moment", "consent", "consent_at", "created_at", "changed_at", "reminders_sent"),
)


def request_view(session: Session, row: RequestRow) -> Request:
    """Return the request of `row`, with what became of the mail about it (of each kind the last one)."""
    about = select(OutboxRow.kind, OutboxRow.state).where(OutboxRow.request_id == row.id)
    mail = dict(tuple(each) for each in session.execute(about.order_by(OutboxRow.created_at)))
    recipient = Recipient(row.recipient_id, row.recipient_name, row.recipient_email)
    return Request(recipient=recipient, mail=mail, **{name: getattr(row, name) for name in SAME})


def find(session: Session, reference: str, held: bool = False) -> RequestRow | None:
    """Return the row of a reference, or None; `held` keeps it until the transaction ends."""
    wanted = select(RequestRow).where(RequestRow.reference == reference)
    return session.scalar(wanted.with_for_update() if held else wanted)


def same(session: Session, new: NewRequest, since: datetime) -> RequestRow | None:
    """Return what was made since then in the same conversation, for the same body, in the very same words; or None."""
    mine = RequestRow.conversation_id == new.conversation_id
    made = session.scalars(select(RequestRow).where(mine, RequestRow.created_at > since))
    asked = vars(new) | {"recipient": None}
    for row in made:
        told = {name: getattr(row, name, None) for name in asked} | {"recipient": None}
        if row.recipient_id == new.recipient.id and told == asked:
            return row
    return None


def due(session: Session, now: datetime, after: Sequence[timedelta], held: bool = False) -> list[RequestRow]:
    """Return the new requests that are older than their next reminder allows, the oldest first."""
    old_enough = [
        (RequestRow.reminders_sent == sent) & (RequestRow.created_at <= now - age)
        for sent, age in enumerate(after)
    ]
    wanted = select(RequestRow).where(RequestRow.status == NEW, or_(*old_enough))
    wanted = wanted.order_by(RequestRow.created_at)
    return list(session.scalars(wanted.with_for_update(skip_locked=True) if held else wanted))


def untold(session: Session, conversation_id: str) -> list[OutboxRow]:
    """Return the mails about requests of this conversation that failed, and of which its owner knows nothing."""
    failed = OutboxRow.state.in_((REFUSED, GIVEN_UP)) & OutboxRow.told.is_(False)
    wanted = select(OutboxRow).where(
        OutboxRow.conversation_id == conversation_id, OutboxRow.request_id.is_not(None), failed
    )
    return list(session.scalars(wanted))
