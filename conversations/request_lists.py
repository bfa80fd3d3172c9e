"""The inbox of advisors: requests by where they stand, filtered and paged within what somebody sees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, case, func, or_
from sqlalchemy.sql import ColumnElement

from conversations import handling_rows as rows
from conversations.handling_models import RequestHolderRow, RequestRouteRow
from conversations.handling_views import Case, Sight
from conversations.request_models import RequestRow
from conversations.request_views import NEW, TAKEN
from conversations.seen_requests import SeenRequests
from conversations.transactions import Transactions

Box = Literal["new", "mine", "bodies", "done", "all"]
BOXES: tuple[Box, ...] = ("new", "mine", "bodies", "done", "all")
WAITING: tuple[Box, ...] = BOXES[:3]  # those that hold what waits
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
        return Page(cases, _mark(filters, cases, len(found) > limit))

    def inbox(
        self, sight: Sight, filters: Filters, after: Mark | None = None, limit: int = PAGE
    ) -> tuple[Page, dict[str, int]]:
        """Return a page with how many requests wait in each box, found in one look for who does not see everything."""
        if sight.within is None:
            return self.page(sight, filters, after, limit), self.counts(sight)
        seen = SeenRequests(sight, ended=filters.box not in WAITING)
        narrowed = _narrowed(filters, seen.columns, seen.in_departement)
        moment, latest = seen.moment(filters.box)
        if after is not None:
            narrowed.append(_beyond(moment, after, latest, seen.columns.id))
        with self._transactions.read() as session:
            found = session.execute(seen.page(filters.box, narrowed, limit + 1)).mappings().all()
            ids = [each["id"] for each in found if each["id"] is not None]
            wanted = rows.joined().where(RequestRow.id.in_(ids[:limit]))
            by_id = {each[0].id: each for each in session.execute(wanted).all()} if ids else {}
            # One that was erased between the two looks is left out.
            cases = tuple(rows.brief_case(sight, tuple(by_id[each])) for each in ids[:limit] if each in by_id)
        counts = {box: found[0][box] for box in WAITING}
        return Page(cases, _mark(filters, cases, len(ids) > limit)), counts

    def counts(self, sight: Sight) -> dict[str, int]:
        """Return how many requests wait in each box; those that are done are not counted."""
        if sight.within is not None:
            with self._transactions.read() as session:
                return dict(session.execute(SeenRequests(sight).counts()).mappings().one())
        joined = rows.within_sight(sight).where(RequestRow.status.in_((NEW, TAKEN)))
        wanted = joined.with_only_columns(
            *(func.sum(case((_box(sight, box), 1), else_=0)).label(box) for box in WAITING),
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


def _mark(filters: Filters, cases: Sequence[Case], more: bool) -> Mark | None:
    """Return where a page ends that is followed by another one."""
    if not more or not cases:
        return None
    last = cases[-1].request
    return Mark(last.changed_at if filters.box == "done" else last.created_at, last.id)


def _routed_to(departement: str) -> ColumnElement:
    return RequestRouteRow.departement == departement


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


def _narrowed(
    filters: Filters, columns: Any = RequestRow, in_departement: Callable[[str], ColumnElement] = _routed_to
) -> list[ColumnElement]:
    """Return the conditions of what a list is narrowed to, over the columns of requests."""
    found = []
    if filters.need:
        found.append(columns.need == filters.need)
    if filters.departement:
        found.append(in_departement(filters.departement))
    if filters.status:
        found.append(columns.status == filters.status)
    if filters.reference:
        found.append(columns.reference.contains(filters.reference.upper(), autoescape=True))
    return found


def _beyond(
    moment: ColumnElement, after: Mark, latest: bool, key: ColumnElement = RequestRow.id
) -> ColumnElement:
    past = moment < after.at if latest else moment > after.at
    further = key < after.id if latest else key > after.id
    return or_(past, and_(moment == after.at, further))
