"""The requests within what an advisor sees: found once, for a page and for the count of each box.

What somebody sees is a set of ids, each part of it by an index. To make it is most of the work, so that a page and the
counts share one statement.
"""

from collections.abc import Collection

from sqlalchemy import and_, case, func, literal_column, not_, or_, select, true, union
from sqlalchemy.sql import ColumnElement, Select, Subquery

from conversations import handling_rows as rows
from conversations.handling_models import RequestHolderRow, RequestRouteRow
from conversations.handling_views import Sight
from conversations.request_models import RequestRow
from conversations.request_views import NEW, TAKEN

WAITING = (NEW, TAKEN)
COUNTED = ("new", "mine", "bodies")  # the boxes that hold what waits
_KEPT = tuple(
    getattr(RequestRow, name) for name in ("id", "status", "need", "reference", "created_at", "changed_at")
)


class SeenRequests:
    """What is within `sight`, whose `within` is known; `ended`: what does not wait any more, too."""

    def __init__(self, sight: Sight, ended: bool = False) -> None:
        within = _within(sight)
        found = select(*_KEPT, within.c.ours, within.c.mine).join(within, within.c.id == RequestRow.id)
        found = found if ended else found.where(RequestRow.status.in_(WAITING))
        # By these names, conditions are written as they are for whole requests.
        self.columns = found.cte("found").c

    def page(self, box: str, narrowed: Collection[ColumnElement], limit: int) -> Select:
        """Return the statement for the ids of a page of `box`, in the order of `moment`, each row with the counts; its
        id is null where the page is empty.
        """
        moment, latest = self.moment(box)
        key = self.columns.id
        order = (moment.desc(), key.desc()) if latest else (moment, key)
        wanted = select(key.label("id"), moment.label("at")).where(self._in(box), *narrowed)
        ids = wanted.order_by(*order).limit(limit).subquery()
        counts = self.counts().subquery()
        both = select(counts, ids.c.id).select_from(counts.outerjoin(ids, true()))
        return both.order_by(*((ids.c.at.desc(), ids.c.id.desc()) if latest else (ids.c.at, ids.c.id)))

    def moment(self, box: str) -> tuple[ColumnElement, bool]:
        """Return what a box is sorted by, and whether the latest comes first."""
        return (self.columns.changed_at if box == "done" else self.columns.created_at), box not in COUNTED

    def counts(self) -> Select:
        """Return the statement for how many wait in each box, in one row."""
        counted = (func.sum(case((self._in(box), 1), else_=0)) for box in COUNTED)
        return select(
            *(func.coalesce(each, 0).label(box) for each, box in zip(counted, COUNTED, strict=True))
        )

    def in_departement(self, code: str) -> ColumnElement:
        """Return the condition for a territory."""
        route = RequestRouteRow
        return self.columns.id.in_(select(route.request_id).where(route.departement == code))

    def _in(self, box: str) -> ColumnElement:
        status = self.columns.status
        conditions = {
            "new": status == NEW,
            "mine": and_(status == TAKEN, self.columns.mine == 1),
            "bodies": and_(status.in_(WAITING), self.columns.ours == 1),
            "done": status.not_in(WAITING),
            "all": true(),
        }
        return conditions[box]


def _within(sight: Sight) -> Subquery:
    """Return the ids of what somebody sees (`handling_rows.seen`), each once: is it for one of their bodies, or held by
    one (`ours`), and do they hold it themselves (`mine`)?

    A union, and no grouping of one: the planner knows how many rows that gives, and joins them accordingly.
    """
    bodies, route, holder = sorted(sight.within.bodies), RequestRouteRow, RequestHolderRow
    no, yes = literal_column("0"), literal_column("1")
    of_body, own = holder.body_id.in_(bodies), holder.account_id == sight.account_id
    ours = case((of_body, yes), else_=no).label("ours")
    elsewhere = route.request_id.not_in(select(holder.request_id).where(own))
    not_ours = or_(route.body_id.is_(None), route.body_id.not_in(bodies))
    return union(
        select(holder.request_id.label("id"), ours, yes.label("mine")).where(own),
        select(holder.request_id, yes, no).where(of_body, not_(own)),
        select(route.request_id, yes, no).where(route.body_id.in_(bodies), elsewhere),
        rows.nearby(sight).add_columns(no, no).where(not_ours),
    ).subquery()
