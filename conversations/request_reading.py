"""From rows of requests to the values that are handed out."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from conversations.handling_models import RequestEventRow
from conversations.outbox import GIVEN_UP, HANDOVER, REFUSED
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_views import CLOSED, CONFIRMATION, NOTICE, REMINDER, NewRequest, Recipient, Request

# What a new request says that stands in other columns or tables.
ELSEWHERE = ("recipient", "shares_conversation")
# The event of an owner who takes a request back, and the kind of the mail about it.
WITHDRAWN = "withdrawn"
# The kinds of mail whose failure changes what the owner should do.
TOLD_ABOUT = (CONFIRMATION, NOTICE, REMINDER, HANDOVER)

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
    taken_back = exists().where(RequestEventRow.request_id == row.id, RequestEventRow.kind == WITHDRAWN)
    withdrawn = row.status in CLOSED and bool(session.scalar(select(taken_back)))
    return replace(plain_view(row, mail_of(session, row)), withdrawn=withdrawn)


def plain_view(row: RequestRow, mail: dict[str, str]) -> Request:
    """Return the request of `row`; `mail` says by kind what became of the e-mails about it."""
    recipient = Recipient(row.recipient_id, row.recipient_name, row.recipient_email)
    return Request(recipient=recipient, mail=mail, **{name: getattr(row, name) for name in SAME})


def mail_of(session: Session, row: RequestRow) -> dict[str, str]:
    """Return what became of the mail about a request, by kind; of each kind the last one."""
    about = select(OutboxRow.kind, OutboxRow.state).where(OutboxRow.request_id == row.id)
    return dict(tuple(each) for each in session.execute(about.order_by(OutboxRow.created_at)))


def find(session: Session, reference: str, held: bool = False) -> RequestRow | None:
    """Return the row of a reference, or None; `held` keeps it until the transaction ends."""
    wanted = select(RequestRow).where(RequestRow.reference == reference)
    return session.scalar(wanted.with_for_update() if held else wanted)


def same(session: Session, new: NewRequest, since: datetime) -> RequestRow | None:
    """Return what was made since then in the same conversation, for the same body, in the very same words; or None."""
    mine = RequestRow.conversation_id == new.conversation_id
    made = session.scalars(select(RequestRow).where(mine, RequestRow.created_at > since))
    elsewhere = dict.fromkeys(ELSEWHERE)
    asked = vars(new) | elsewhere
    for row in made:
        told = {name: getattr(row, name, None) for name in asked} | elsewhere
        if row.recipient_id == new.recipient.id and told == asked:
            return row
    return None


def untold(session: Session, conversation_id: str) -> list[OutboxRow]:
    """Return the mails about requests of this conversation that failed, and of which its owner knows nothing."""
    failed = OutboxRow.state.in_((REFUSED, GIVEN_UP)) & OutboxRow.told.is_(False)
    wanted = select(OutboxRow).where(
        OutboxRow.conversation_id == conversation_id, OutboxRow.kind.in_(TOLD_ABOUT), failed
    )
    return list(session.scalars(wanted))
