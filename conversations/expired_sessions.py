"""Sessions of the console's accounts that have run out: deleted with all else that is kept for a time.

Their table is the console's (`console/accounts/models.py`), in the same database; a record without a console has none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import column, delete, func, inspect, select, table
from sqlalchemy.orm import Session

from conversations.keeping import Standing
from conversations.models import UtcDateTime

KIND = "session"
_sessions = table("console_sessions", column("seen_at", UtcDateTime), column("created_at", UtcDateTime))


@dataclass(frozen=True)
class ExpiredSessions:
    """A session ends when it is not used for `idle`, and `whole` after the sign-in in any case."""

    idle: timedelta
    whole: timedelta

    def standing(self, session: Session, now: datetime) -> Standing:
        """Return how many have run out by now, and of when the oldest sign-in is."""
        if not _there(session):
            return Standing(KIND, self.whole.days, 0, None)
        due = select(func.count()).select_from(_sessions).where(self._over(now))
        oldest = session.scalar(select(func.min(_sessions.c.created_at)))
        return Standing(KIND, self.whole.days, session.scalar(due), oldest)

    def drop(self, session: Session, now: datetime) -> int:
        """Delete those that have run out; return how many."""
        if not _there(session):
            return 0
        return session.execute(delete(_sessions).where(self._over(now))).rowcount

    def _over(self, now: datetime) -> Any:
        return (_sessions.c.seen_at <= now - self.idle) | (_sessions.c.created_at <= now - self.whole)


def _there(session: Session) -> bool:
    return inspect(session.connection()).has_table(_sessions.name)
