"""Conversations that the dialogue engine keeps and the record does not know: those held over rasa's rest channel."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from conversations import store
from conversations.transactions import Transactions

# The columns of rasa's own table that matter here; it makes the table itself.
_EVENTS = sa.Table(
    "events", sa.MetaData(), sa.Column("sender_id", sa.String), sa.Column("timestamp", sa.Float)
)


class Strangers:
    """Senders of the engine's tracker store. Every call raises RecordUnreachable when its database does not answer."""

    def __init__(self, tracker: Engine) -> None:
        self._transactions = Transactions(tracker)

    def silent(self, since: datetime) -> list[str]:
        """Return the senders of whom nothing was heard from this moment on, known to the record or not."""
        with self._transactions.read() as session:
            if not sa.inspect(session.connection()).has_table(_EVENTS.name):
                return []  # the engine has never run
            sender, last = _EVENTS.c.sender_id, sa.func.max(_EVENTS.c.timestamp)
            old = sa.select(sender).group_by(sender).having(last < since.timestamp())
            return list(session.scalars(old.order_by(sender)))

    def senders(self) -> list[str]:
        """Return everybody whom the engine keeps something of."""
        with self._transactions.read() as session:
            if not sa.inspect(session.connection()).has_table(_EVENTS.name):
                return []
            return list(session.scalars(sa.select(_EVENTS.c.sender_id).distinct()))

    def drop(self, sender: str, since: datetime) -> bool:
        """Delete all that the engine keeps of a sender; False where they have spoken from this moment on."""
        theirs = _EVENTS.c.sender_id == sender
        newer = sa.select(_EVENTS.c.sender_id).where(theirs, _EVENTS.c.timestamp >= since.timestamp())
        with self._transactions.write() as session:
            if session.execute(newer.limit(1)).first():
                return False
            return session.execute(sa.delete(_EVENTS).where(theirs)).rowcount > 0

    def forget(self, sender: str) -> None:
        """Delete all that the engine keeps of a sender, whenever they spoke."""
        with self._transactions.write() as session:
            if sa.inspect(session.connection()).has_table(_EVENTS.name):
                session.execute(sa.delete(_EVENTS).where(_EVENTS.c.sender_id == sender))

    def wipe(self) -> None:
        """Take what was deleted out of the database's own log."""
        store.wipe_log(self._transactions.engine)
