"""Who read what of an owner, when and what for: written by the console, read by whoever must answer for it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.sql import Select

from conversations.erasures import digest_of
from conversations.privacy_models import ListReadRow, ReadRow
from conversations.transactions import Transactions

# What can be read.
CONVERSATION, REQUEST, INTEREST, EXPORT = "conversation", "request", "interest", "export"
# Lists that show what owners of conversations wrote. That of requests shows no word of theirs and no name.
LIST, SEARCH, QUEUE, APPROVALS = "list", "search", "queue", "approvals"
LISTS = (LIST, SEARCH, QUEUE, APPROVALS)
MOST_PURPOSE, MOST_ASKED = 200, 500
# Characters of a digest that are kept of each conversation of a list.
SHORT = 16


@dataclass(frozen=True)
class Listing:
    """What a reading of a list showed: how many conversations, under which filters (as an address writes them)."""

    asked: str
    shown: int


@dataclass(frozen=True)
class Read:
    """That an account read one thing; `id` grows with each. The id of a thing erased since is a digest.

    `listing` tells what a list showed (then `subject_id` is empty); None where one thing was opened.
    """

    id: int
    account_id: str
    what: str
    subject_id: str
    purpose: str
    at: datetime
    listing: Listing | None = None


class ReadingLog:
    """The log, which only grows. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def record_read(self, account_id: str, what: str, subject_id: str, purpose: str) -> None:
        """Write down that an account reads something now, before it is shown."""
        with self._transactions.write() as session:
            session.add(
                ReadRow(
                    account_id=account_id,
                    what=what,
                    subject_id=subject_id,
                    purpose=purpose[:MOST_PURPOSE],
                    at=self._clock(),
                )
            )

    def record_list(
        self, account_id: str, what: str, asked: str, conversations: Collection[str], purpose: str
    ) -> None:
        """Write down, in one line, that a list shows an account excerpts of these conversations; nothing for none.

        `what` is one of LISTS, `asked` its filters as an address writes them, without words that are searched.
        """
        shown = sorted(set(conversations))
        if not shown:
            return
        with self._transactions.write() as session:
            read = ReadRow(
                account_id=account_id,
                what=what,
                subject_id="",
                purpose=purpose[:MOST_PURPOSE],
                at=self._clock(),
            )
            session.add(read)
            session.flush()
            digests = " ".join(map(_short, shown))
            session.add(
                ListReadRow(read_id=read.id, asked=asked[:MOST_ASKED], shown=len(shown), digests=digests)
            )

    def of_subject(self, what: str, subject_id: str, limit: int = 100) -> list[Read]:
        """Return who read this thing, erased since or not, the latest first; of a conversation, lists that showed it
        too.
        """
        names = (subject_id, digest_of(subject_id))
        opened = (ReadRow.what == what) & ReadRow.subject_id.in_(names)
        if what != CONVERSATION:
            return self._listed(select(ReadRow).where(opened), limit)
        showing = select(ListReadRow.read_id).where(ListReadRow.digests.contains(_short(subject_id)))
        return self._listed(select(ReadRow).where(or_(opened, ReadRow.id.in_(showing))), limit)

    def listed(
        self, account_id: str | None = None, before: int | None = None, limit: int = 100
    ) -> list[Read]:
        """Return what was read, by one account or by all, the latest first; `before` is the id to go on from."""
        wanted = select(ReadRow)
        if account_id is not None:
            wanted = wanted.where(ReadRow.account_id == account_id)
        if before is not None:
            wanted = wanted.where(ReadRow.id < before)
        return self._listed(wanted, limit)

    def _listed(self, wanted: Select, limit: int) -> list[Read]:
        both = wanted.add_columns(ListReadRow.asked, ListReadRow.shown)
        both = both.outerjoin(ListReadRow, ListReadRow.read_id == ReadRow.id)
        with self._transactions.read() as session:
            rows = session.execute(both.order_by(ReadRow.id.desc()).limit(limit))
            return [_read(row, asked, shown) for row, asked, shown in rows]


def _read(row: ReadRow, asked: str | None, shown: int | None) -> Read:
    listing = None if shown is None else Listing(asked or "", shown)
    return Read(row.id, row.account_id, row.what, row.subject_id, row.purpose, row.at, listing)


def _short(conversation_id: str) -> str:
    return digest_of(conversation_id)[:SHORT]
