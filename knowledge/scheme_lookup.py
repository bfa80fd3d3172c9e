"""Which schemes may pay for a need at a place: the database finds them and puts them in a first order.

The first order is that of `funding.rank` as far as columns can say it; the exact one judges each scheme. So that
a look-up has a bound, only the first `MOST` are judged: what has ended or is ruled out by headcount, activity or
floor stands last already.
"""

from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from knowledge import naf
from knowledge.codes import SchemeStatus
from knowledge.dates import as_number
from knowledge.funding import YEARS_TO_OLD, Question, Tier
from knowledge.matching import in_place, place_parameters
from knowledge.models import SchemePosting
from knowledge.postings import PART
from knowledge.prepared import Statement

MOST = 40
_YEAR = 10_000  # of a day written YYYYMMDD


def find(connection: Connection, question: Question) -> list[int]:
    """Return the keys of the schemes that can pay for the need and reach the place, likeliest first."""
    rows = _STATEMENT.all(connection, _parameters(question))
    return list(dict.fromkeys(row[0] for row in rows))


def _parameters(question: Question) -> dict[str, Any]:
    firm, today = question.firm, as_number(question.today)
    return {
        "need": question.need.value,
        "today": today,
        "old": today - YEARS_TO_OLD * _YEAR,
        "sector": naf.place_in_profile(firm.sector),
        "staff": -1 if firm.headcount is None else firm.headcount,
        "amount": -1 if firm.amount is None else firm.amount,
        **{
            name: value for name, value in place_parameters(question.reach).items() if name.startswith("zone")
        },
    }


def _statement() -> Select:
    row = SchemePosting
    sector, staff, amount = (bindparam(name, type_=Integer) for name in ("sector", "staff", "amount"))
    ended = or_(row.status == SchemeStatus.ENDED.value, row.closing < bindparam("today", type_=Integer))
    ruled_out = or_(
        and_(sector > 0, func.substr(row.ruled_out, sector, 1) == "x"),
        and_(staff >= 0, or_(row.staff_min > staff, row.staff_max < staff)),
        and_(amount >= 0, row.floor > amount),
    )
    opened = row.status == SchemeStatus.OPEN.value
    old = and_(row.status == SchemeStatus.UNKNOWN.value, row.known_day <= bindparam("old", type_=Integer))
    tier = case(
        (ended, int(Tier.ENDED)),
        (ruled_out, int(Tier.RULED_OUT)),
        (row.zone.like(f"%{PART}"), int(Tier.SOMEWHERE)),
        (row.aside == 1, int(Tier.ASIDE)),
        (and_(row.one_subject == 1, opened), int(Tier.PART)),
        (row.one_subject == 1, int(Tier.UNSURE_PART)),
        (opened, int(Tier.OPEN)),
        (row.status == SchemeStatus.SUSPENDED.value, int(Tier.SUSPENDED)),
        (row.known_day.is_(None), int(Tier.UNDATED)),
        (old, int(Tier.OLD)),
        else_=int(Tier.UNKNOWN),
    )
    order = (tier, case((old, 1), else_=0), row.level, -row.breadth, row.trust, -row.known, row.id)
    return select(row.key).where(row.need == bindparam("need"), in_place(row)).order_by(*order).limit(MOST)


_STATEMENT = Statement("schemes", _statement())
