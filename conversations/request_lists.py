"""The inbox of advisors: requests by where they stand, filtered and paged within what somebody sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, case, func, or_
from sqlalchemy.sql import ColumnElement

from conversations import handling_rows as rows
from conversations.handling_models import RequestHolderRow, RequestRouteRow
from conversations.handling_views import Case, Sight
from conversations.request_models import RequestRow
from conversations.request_views import NEW, TAKEN
from conversations.transactions import Transactions

Box = Literal["new", "mine", "bodies", "done", "all"]
BOXES: tuple[Box, ...] = ("new", "mine", "bodies", "done", "all")
PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; what is None narrows nothing. `reference` is a part of one."""

    box: Box = "new"
    need: str | None = None
    departement: str | None = None
    status: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Mark:
    """Where a page ended: the last request's moment and id."""

    at: datetime
    id: str


@dataclass(frozen=True)
class Page:
    """One page of a list, and where the next one begins (None for the last)."""

    cases: tuple[Case, ...]
    following: Mark | None


class RequestLists:
    """The lists, one short transaction a call. Raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, sight: Sight, filters: Filters, after: Mark | None = None, limit: int = PAGE) -> Page:
        """Return the page that follows `after`: what waits, the oldest first; what is done, the latest first."""
        latest = filters.box in ("done", "all")
        moment = RequestRow.changed_at if filters.box == "done" else RequestRow.created_at
        wanted = rows.within_sight(sight).where(_box(sight, filters.box), *_narrowed(filters))
        if after is not None:
            wanted = wanted.where(_beyond(moment, after, latest))
        order = (moment.desc(), RequestRow.id.desc()) if latest else (moment, RequestRow.id)
        with self._transactions.read() as session:
            found = session.execute(wanted.order_by(*order).limit(limit + 1)).all()
            cases = tuple(rows.brief_case(sight, tuple(each)) for each in found[:limit])
        last = cases[-1].request if len(found) > limit else None
        at = last and (last.changed_at if filters.box == "done" else last.created_at)
        return Page(cases, Mark(at, last.id) if last else None)

    def counts(self, sight: Sight) -> dict[str, int]:
        """Return how many requests wait in each box; those that are done are not counted."""
        joined = rows.within_sight(sight).where(RequestRow.status.in_((NEW, TAKEN)))
        wanted = joined.with_only_columns(
            *(func.sum(case((_box(sight, box), 1), else_=0)).label(box) for box in BOXES[:3]),
            maintain_column_froms=True,
        )
        with self._transactions.read() as session:
            return {box: count or 0 for box, count in session.execute(wanted).mappings().one().items()}

    def of_conversation(self, sight: Sight, conversation_id: str) -> Sequence[Case]:
        """Return what somebody sees of the requests made in a conversation, the latest first."""
        wanted = rows.within_sight(sight).where(RequestRow.conversation_id == conversation_id)
        with self._transactions.read() as session:
            found = session.execute(wanted.order_by(RequestRow.created_at.desc())).all()
            return [rows.case_of(session, sight, tuple(each)) for each in found]


def _box(sight: Sight, box: Box) -> ColumnElement:
    """Return the condition for a box. Without a `within`, every body is somebody's own."""
    mine = RequestHolderRow.account_id == sight.account_id
    if box == "new":
        return RequestRow.status == NEW
    if box == "mine":
        return and_(RequestRow.status == TAKEN, mine)
    if box == "bodies":
        under_way = RequestRow.status.in_((NEW, TAKEN))
        if sight.within is None:
            return under_way
        bodies = sorted(sight.within.bodies)
        return and_(under_way, or_(RequestRouteRow.body_id.in_(bodies), RequestHolderRow.body_id.in_(bodies)))
    if box == "done":
        # Not « one of those that are closed »: they are nearly all, and the index on the moment gives their order.
        return RequestRow.status.not_in((NEW, TAKEN))
    return RequestRow.id.is_not(None)


def _narrowed(filters: Filters) -> list[ColumnElement]:
    found = []
    if filters.need:
        found.append(RequestRow.need == filters.need)
    if filters.departement:
        found.append(RequestRouteRow.departement == filters.departement)
    if filters.status:
        found.append(RequestRow.status == filters.status)
    if filters.reference:
        found.append(RequestRow.reference.contains(filters.reference.upper(), autoescape=True))
    return found


def _beyond(moment: ColumnElement, after: Mark, latest: bool) -> ColumnElement:
    past = moment < after.at if latest else moment > after.at
    further = RequestRow.id < after.id if latest else RequestRow.id > after.id
    return or_(past, and_(moment == after.at, further))
