"""The requests that wait, within what an advisor sees: found once, for a page and for the count of each box.

What somebody sees is a set of ids, each part of it by an index. To make it is most of the work, so that a page and the
counts share one statement.
"""

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.sql import ColumnElement, Select

from conversations import handling_rows as rows
from conversations.handling_models import RequestHolderRow, RequestRouteRow
from conversations.handling_views import Sight
from conversations.request_models import RequestRow
from conversations.request_views import NEW, TAKEN

BOXES = ("new", "mine", "bodies")
_KEPT = (RequestRow.id, RequestRow.status, RequestRow.need, RequestRow.reference, RequestRow.created_at)


class OpenRequests:
    """What waits within `sight`, whose `within` is known."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        found = select(*_KEPT).where(RequestRow.status.in_((NEW, TAKEN)), rows.seen(sight)).cte("waiting")
        # By these names, conditions are written as they are for whole requests.
        self.columns = found.c

    def page(self, box: str, narrowed: Collection[ColumnElement], limit: int) -> Select:
        """Return the statement for the ids of a page of `box`, the oldest first, each row with the counts of all boxes;
        the id is null where the page is empty.
        """
        key, moment = self.columns.id, self.columns.created_at
        wanted = select(key.label("id"), moment.label("at")).where(self._in(box), *narrowed)
        ids = wanted.order_by(moment, key).limit(limit).subquery()
        counts = self.counts().subquery()
        both = select(counts, ids.c.id).select_from(counts.outerjoin(ids, true()))
        return both.order_by(ids.c.at, ids.c.id)

    def counts(self) -> Select:
        """Return the statement for how many there are in each box, in one row."""
        counted = (select(func.count(self.columns.id)).where(self._in(box)) for box in BOXES)
        return select(*(each.scalar_subquery().label(box) for each, box in zip(counted, BOXES, strict=True)))

    def in_departement(self, code: str) -> ColumnElement:
        """Return the condition for a territory."""
        return self._routed(RequestRouteRow.departement == code)

    def _in(self, box: str) -> ColumnElement:
        if box == "new":
            return self.columns.status == NEW
        if box == "mine":
            mine = self._held(RequestHolderRow.account_id == self._sight.account_id)
            return and_(self.columns.status == TAKEN, mine)
        bodies = sorted(self._sight.within.bodies)
        return or_(
            self._routed(RequestRouteRow.body_id.in_(bodies)),
            self._held(RequestHolderRow.body_id.in_(bodies)),
        )

    def _routed(self, condition: ColumnElement) -> ColumnElement:
        return self.columns.id.in_(select(RequestRouteRow.request_id).where(condition))

    def _held(self, condition: ColumnElement) -> ColumnElement:
        return self.columns.id.in_(select(RequestHolderRow.request_id).where(condition))
