"""Lists of conversations: filtered, the latest first, a page at a time from any point on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations import walking
from conversations.cursors import pack, unpack
from conversations.digest_models import ConversationModelRow, DigestRow, TagRow
from conversations.filters import Filters
from conversations.sight import Sight, visible
from conversations.transactions import Transactions

PAGE = 50
# A list says « plus de 1 000 » rather than count all.
MOST_COUNTED = 1000
MOST_CHOICES = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_NEXT, _PREVIOUS = "n", "p"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Digest:
    """One line of a list; the fields are those of `DigestRow`. `tags` are in alphabetical order."""

    conversation_id: str
    begun_at: datetime
    active_at: datetime
    channel: str
    departement: str | None
    region: str | None
    place: str | None
    needs: tuple[str, ...]
    turns: int
    excerpt: str | None = field(repr=False)
    lowest_confidence: float | None
    doubtful: bool
    failed: bool
    thumb_up: bool
    thumb_down: bool
    requests: int
    request_status: str | None
    model_id: str | None
    review_state: str
    reviewer_id: str | None
    trade: str | None = None
    headcount: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """Part of a list; `next` and `previous` lead on, None where there is nothing more."""

    digests: tuple[Digest, ...]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Count:
    """How many there are; `more` where they are more than were counted."""

    number: int
    more: bool


class Browsing:
    """The lists. Every call asks for `sight` and raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(
        self, filters: Filters, sight: Sight | None, cursor: str | None = None, size: int = PAGE
    ) -> Page:
        """Return what stands at `cursor`, without one the beginning; raises BadCursor."""
        backwards, edge = _read(cursor)
        what = walking.wanted(filters, sight)
        with self._transactions.read() as session:
            ids = walking.first(session, what, size + 1, edge, backwards)
            more, ids = len(ids) > size, ids[:size]
            rows = _rows(session, ids[::-1] if backwards else ids)
            digests = tuple(digest_views(session, rows))
        before, after = (more, True) if backwards else (cursor is not None, more)
        return Page(
            digests, _mark(_NEXT, rows[-1:] if after else []), _mark(_PREVIOUS, rows[:1] if before else [])
        )

    def count(self, filters: Filters, sight: Sight | None, page: Page | None = None) -> Count:
        """Return how many conversations the whole list has, as far as that is worth counting.

        A `page` of it that is the whole list is counted without asking again.
        """
        if page is not None and page.next is None and page.previous is None:
            return Count(len(page.digests), False)
        with self._transactions.read() as session:
            number = walking.number(session, walking.wanted(filters, sight), MOST_COUNTED + 1)
        return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)

    def one(self, conversation_id: str, sight: Sight | None) -> Digest | None:
        """Return the digest of a conversation; None where it is not there, or not to be seen."""
        wanted = select(DigestRow).where(DigestRow.conversation_id == conversation_id, *visible(sight))
        with self._transactions.read() as session:
            row = session.scalar(wanted)
            return next(digest_views(session, [row])) if row else None

    def models(self) -> list[str]:
        """Return the models that a list can be narrowed to."""
        return self._distinct(ConversationModelRow.model_id)

    def tags(self) -> list[str]:
        """Return the tags that a list can be narrowed to."""
        return self._distinct(TagRow.tag)

    def channels(self) -> list[str]:
        """Return the channels that a list can be narrowed to."""
        return self._distinct(DigestRow.channel)

    def reviewers(self) -> list[str]:
        """Return the accounts that conversations are assigned to."""
        return self._distinct(DigestRow.reviewer_id)

    def _distinct(self, column: Any) -> list[str]:
        """Return the values of an indexed column, hopping from one to the next: DISTINCT would read every row."""
        found: list[str] = []
        with self._transactions.read() as session:
            value = session.scalar(select(func.min(column)))
            while value is not None and len(found) < MOST_CHOICES:
                found.append(value)
                value = session.scalar(select(func.min(column)).where(column > value))
        return found


def _rows(session: Session, ids: Sequence[str]) -> list[DigestRow]:
    """Return the digests of these conversations, in this order."""
    wanted = select(DigestRow).where(DigestRow.conversation_id.in_(ids))
    found = {row.conversation_id: row for row in session.scalars(wanted)} if ids else {}
    return [found[each] for each in ids if each in found]


def _read(cursor: str | None) -> tuple[bool, tuple[datetime, str] | None]:
    """Return whether the cursor leads backwards, and the row it stands beside."""
    if cursor is None:
        return False, None
    way, microseconds, conversation_id = unpack(cursor, str, int, str)
    # A moment beyond the calendar is as good as its last day: nothing stands there.
    microseconds = max(0, min(microseconds, 250_000_000_000_000_000))
    return way == _PREVIOUS, (_EPOCH + microseconds * _MICROSECOND, conversation_id)


def _mark(way: str, rows: Sequence[DigestRow]) -> str | None:
    return (
        pack((way, (rows[0].active_at - _EPOCH) // _MICROSECOND, rows[0].conversation_id)) if rows else None
    )


def digest_views(session: Session, rows: Sequence[DigestRow]) -> Any:
    """Yield the rows as plain values, with their tags."""
    ids = [row.conversation_id for row in rows]
    held = select(TagRow.conversation_id, TagRow.tag).where(TagRow.conversation_id.in_(ids))
    tags: dict[str, list[str]] = {each: [] for each in ids}
    for conversation_id, tag in session.execute(held.order_by(TagRow.tag)) if ids else ():
        tags[conversation_id].append(tag)
    plain = [name for name in Digest.__dataclass_fields__ if name not in ("needs", "tags")]
    for row in rows:
        yield Digest(
            **{name: getattr(row, name) for name in plain},
            needs=tuple(row.needs or ()),
            tags=tuple(tags[row.conversation_id]),
        )
