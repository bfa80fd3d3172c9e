"""Lists that no need narrows: bodies and schemes of a place, the nearest first, counted and read a page at a time."""

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, case, func, or_, select, true
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from knowledge.codes import BodyLevel, SchemeLevel, SchemeStatus
from knowledge.coverage import Reach
from knowledge.matching import in_place, place_parameters
from knowledge.models import AdvisorPosting, AdvisorRow, SchemePosting, SchemeRow
from knowledge.prepared import Statement

MOST = 1000  # nobody turns more pages
_LEVEL_OF_BODY = case(
    *((AdvisorRow.level == level, at) for at, level in enumerate(BodyLevel.values())), else_=len(BodyLevel)
)
_LEVEL_OF_SCHEME = case(
    *((SchemeRow.level == level, at) for at, level in enumerate(SchemeLevel.values())), else_=len(SchemeLevel)
)


def body_key(connection: Connection, slug: str) -> int | None:
    """Return the key of a body that may be shown; None where there is none of that id."""
    shown = AdvisorRow.key.in_(select(AdvisorPosting.key))
    return connection.scalar(select(AdvisorRow.key).where(AdvisorRow.id == slug, shown))


def body_keys(connection: Connection, slugs: Sequence[str]) -> list[int]:
    """Return the keys of those of these bodies that may be shown, in this order."""
    shown = AdvisorRow.key.in_(select(AdvisorPosting.key))
    rows = connection.execute(select(AdvisorRow.id, AdvisorRow.key).where(AdvisorRow.id.in_(slugs), shown))
    keys = {row.id: row.key for row in rows}
    return [keys[slug] for slug in slugs if slug in keys]


def scheme_key(connection: Connection, slug: str) -> int | None:
    """Return the key of a scheme; None where there is none of that id."""
    return connection.scalar(select(SchemeRow.key).where(SchemeRow.id == slug))


def bodies(connection: Connection, reach: Reach | None) -> list[int]:
    """Return the keys of the bodies shown at a place, the nearest first; of all that are shown without one. Here and
    below `MOST` at most.
    """
    return _keys(connection, _BODIES if reach is None else _BODIES_AT, reach, {})


def schemes(connection: Connection, reach: Reach | None, today: int, ended: bool) -> list[int]:
    """Return the keys of the schemes of a place, the nearest payer first and what has ended last; `ended` says whether
    to give what has. `today` is written YYYYMMDD.
    """
    values = {"today": today, "ended": int(ended)}
    return _keys(connection, _SCHEMES if reach is None else _SCHEMES_AT, reach, values)


def _keys(
    connection: Connection, statement: Statement, reach: Reach | None, values: dict[str, int]
) -> list[int]:
    zones = {} if reach is None else place_parameters(reach)
    return [row[0] for row in statement.all(connection, zones | values)]


def _bodies(where: ColumnElement) -> Select:
    posted = select(AdvisorPosting.key).where(where)
    kept = select(AdvisorRow.key).where(AdvisorRow.key.in_(posted))
    return kept.order_by(_LEVEL_OF_BODY, AdvisorRow.id).limit(MOST)


def _schemes(where: ColumnElement) -> Select:
    today = bindparam("today", type_=Integer)
    over = func.max(
        case((or_(SchemeRow.status == SchemeStatus.ENDED.value, SchemePosting.closing < today), 1), else_=0)
    )
    wanted = or_(over == 0, bindparam("ended", type_=Integer) == 1)
    return (
        select(SchemeRow.key)
        .join(SchemePosting, SchemePosting.key == SchemeRow.key)
        .where(where)
        .group_by(SchemeRow.key, SchemeRow.id, SchemeRow.level)
        .having(wanted)
        .order_by(over, _LEVEL_OF_SCHEME, SchemeRow.id)
        .limit(MOST)
    )


_BODIES = Statement("all_bodies", _bodies(true()))
_BODIES_AT = Statement("bodies_at", _bodies(in_place(AdvisorPosting)))
_SCHEMES = Statement("all_schemes", _schemes(true()))
_SCHEMES_AT = Statement("schemes_at", _schemes(in_place(SchemePosting)))
