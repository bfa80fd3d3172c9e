"""What must not happen a second time in a record that came back from a backup."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Engine

from conversations.channel_models import CorrespondentRow, InboundEventRow, OutgoingMessageRow
from conversations.channel_views import DUE, FAILED, GIVEN_UP, HELD, WAITING
from conversations.outbox import GIVEN_UP as MAIL_GIVEN_UP
from conversations.outbox import HANDOVER
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions

WHY = "restored from a backup"


def settle(record: Engine, now: datetime) -> None:
    """Close what waited to be said when the backup was made: most of it has been said since.

    Messages on channels and requests handed over are not tried again, since twice would do harm; e-mails are, since a
    second one is better than none.
    """
    out, into, mail = OutgoingMessageRow, InboundEventRow, OutboxRow
    with Transactions(record).write() as session:
        left = update(out).where(out.state.in_((DUE, HELD)))
        session.execute(left.values(state=FAILED, error=WHY, body=None, finished_at=now))
        waiting = update(into).where(into.state.in_(WAITING))
        session.execute(waiting.values(state=GIVEN_UP, failure="restored", text="", finished_at=now))
        session.execute(update(CorrespondentRow).values(due_at=None, leased_until=None))
        handed = update(mail).where(mail.kind == HANDOVER, mail.finished_at.is_(None))
        session.execute(handed.values(state=MAIL_GIVEN_UP, error=WHY, subject="", body="", finished_at=now))
