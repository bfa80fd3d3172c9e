"""How often somebody may try: a growing delay for each account and each address of the network.

What is tried is counted before it is looked at, so that many tries at once count too; and it is counted by what was
typed, so that an address without an account behaves as one with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from console.accounts.errors import SignInRefused
from console.accounts.models import AttemptRow
from conversations import store
from conversations.tokens import token_hash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Rule:
    """`free` failures cost nothing, the next one `pause`, each further one twice as much, up to `most`."""

    free: int
    pause: timedelta
    most: timedelta


# An owner of an account who is kept out by somebody else's tries is kept out for a quarter of an hour at most.
RULES = {
    "password": Rule(5, timedelta(seconds=30), timedelta(minutes=15)),
    "code": Rule(5, timedelta(seconds=30), timedelta(minutes=15)),
    "reset": Rule(3, timedelta(minutes=5), timedelta(hours=1)),
    # Many share the address of an office.
    "network": Rule(30, timedelta(seconds=30), timedelta(hours=1)),
}
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Try:
    """What is counted: a rule, and what it is counted for."""

    rule: str
    subject: str

    @property
    def key(self) -> str:
        """What is kept of it: e-mail addresses of strangers are nobody's business."""
        return token_hash(f"{self.rule}:{self.subject}")


class Attempts:
    """Counts, in the database, so that several processes count together. Every call raises RecordUnreachable."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def admit(self, *tries: Try) -> None:
        """Count one try each; raises SignInRefused, and counts none, while any of them has to wait."""
        now = self._clock()
        with self._transactions.write() as session:
            store.one_at_a_time(session.connection())
            rows = {each: session.get(AttemptRow, each.key) for each in tries}
            if any(row and row.blocked_until and row.blocked_until > now for row in rows.values()):
                raise SignInRefused
            for each, row in rows.items():
                if row is None:
                    row = AttemptRow(key=each.key, count=0)
                    session.add(row)
                elif now - row.last_at >= FORGOTTEN:
                    row.count = 0
                row.count += 1
                row.last_at, row.blocked_until = now, _blocked_until(RULES[each.rule], row.count, now)

    def succeeded(self, *tries: Try) -> None:
        """Forget the failures of what has now succeeded; of a network only this try, since others share it."""
        with self._transactions.write() as session:
            store.one_at_a_time(session.connection())
            for each in tries:
                row = session.get(AttemptRow, each.key)
                if row is None:
                    continue
                if each.rule != "network" or row.count <= 1:
                    session.delete(row)
                else:
                    row.count, row.blocked_until = row.count - 1, None

    def purge(self) -> int:
        """Delete what does not count any more; return how much."""
        old = AttemptRow.last_at <= self._clock() - FORGOTTEN
        with self._transactions.write() as session:
            return session.execute(delete(AttemptRow).where(old)).rowcount


def _blocked_until(rule: Rule, count: int, now: datetime) -> datetime | None:
    if count < rule.free:
        return None
    # Beyond twenty doublings every rule has long come to its end.
    return now + min(rule.most, rule.pause * 2 ** min(count - rule.free, 20))
