"""Finds the conversations of a list, in the order of activity, without reading all that are there.

SQLite reads one index in order until it has enough. PostgreSQL looks at the latest run of conversations first, which is
enough where filters let many through; where they do not, the index on facets finds the few. Its planner is not asked to
choose: it knows how common each facet is, but not which never stand together, and would read to the end to find none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, text, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from conversations.digest_models import DigestRow
from conversations.filters import Filters
from conversations.models import UtcDateTime
from conversations.sight import Sight, listed

# Conversations that are looked at one by one before the index on facets is asked: some six milliseconds.
WINDOW = 10_000
Edge = tuple[datetime, str]
_ORDER = (DigestRow.active_at, DigestRow.conversation_id)
# What an index on facets finds is few: neither a look at all rows nor a compiled plan pays.
_BY_FACETS = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: conditions on a column of facets, and those on the moment."""

    held: Callable[[Any], list[Any]]
    period: Sequence[Any]

    def __bool__(self) -> bool:
        """Tell whether facets are asked for."""
        return bool(self.held(DigestRow.facets))

    def narrow(self, found: Select) -> Select:
        """Return `found`, a statement over `DigestRow`, with all conditions."""
        return found.where(*self.held(DigestRow.facets), *self.period)


def wanted(filters: Filters, sight: Sight | None) -> Wanted:
    """Return what stands in a list: what the filters let through and `sight` reaches."""
    return Wanted(lambda column: [*filters.held(column), *listed(sight, column)], filters.period())


def first(
    session: Session, what: Wanted, most: int, edge: Edge | None = None, backwards: bool = False
) -> Sequence[str]:
    """Return the ids of the first `most` conversations after `edge`: the latest first, `backwards` the earliest."""
    beyond = Wanted(what.held, [*what.period, *_beyond(edge, backwards)])
    if not what or session.get_bind().dialect.name == "sqlite":
        ordered = beyond.narrow(select(DigestRow.conversation_id)).order_by(*_order(_ORDER, backwards))
        return session.scalars(ordered.limit(most)).all()
    run = _window(beyond, backwards)
    order = _order((run.columns.active_at, run.columns.conversation_id), backwards)
    near = select(run.columns.conversation_id).where(*what.held(run.columns.facets)).order_by(*order)
    found = session.scalars(near.limit(most)).all()
    return found if len(found) == most else _few(session, beyond, most, backwards)


def number(session: Session, what: Wanted, most: int) -> int:
    """Return how many conversations there are; `most` where there may be more."""
    if what and session.get_bind().dialect.name != "sqlite":
        run = _window(what, backwards=False)
        near = _counted(
            session, select(run.columns.conversation_id).where(*what.held(run.columns.facets)), most
        )
        if near == most:
            return most
        session.execute(_BY_FACETS)
    return _counted(session, what.narrow(select(DigestRow.conversation_id)), most)


def _few(session: Session, beyond: Wanted, most: int, backwards: bool) -> Sequence[str]:
    """Return the ids, found by their facets and sorted: by the moment plus nothing, which no index is in order of."""
    session.execute(_BY_FACETS)
    order = (DigestRow.active_at.op("+")(text("interval '0'")), DigestRow.conversation_id)
    found = beyond.narrow(select(DigestRow.conversation_id)).order_by(*_order(order, backwards))
    return session.scalars(found.limit(most)).all()


def _window(what: Wanted, backwards: bool) -> Any:
    columns = (DigestRow.conversation_id, DigestRow.active_at, DigestRow.facets)
    run = select(*columns).where(*what.period).order_by(*_order(_ORDER, backwards))
    return run.limit(WINDOW).subquery()


def _counted(session: Session, found: Select, most: int) -> int:
    return session.scalar(select(func.count()).select_from(found.limit(most).subquery()))


def _beyond(edge: Edge | None, backwards: bool) -> list[Any]:
    if edge is None:
        return []
    at = tuple_(literal(edge[0], UtcDateTime), literal(edge[1]))
    return [tuple_(*_ORDER) > at if backwards else tuple_(*_ORDER) < at]


def _order(columns: Sequence[Any], backwards: bool) -> Sequence[Any]:
    return columns if backwards else [column.desc() for column in columns]
