"""Which schemes may pay for a need at a place: the database finds them and puts them in a first order.

The first order is that of `funding.rank` as far as columns can say it; the exact one judges each scheme. So that
a look-up has a bound, only the first `MOST` are judged: what has ended or is ruled out by headcount, activity or
floor stands last already.
"""

from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from knowledge import naf
from knowledge.codes import Need, SchemeStatus
from knowledge.coverage import Reach
from knowledge.dates import as_number
from knowledge.facts import Firm
from knowledge.funding import YEARS_TO_OLD, Tier
from knowledge.matching import in_place, place_parameters
from knowledge.models import SchemePosting
from knowledge.postings import PART

MOST = 40
_YEAR = 10_000  # of a day written YYYYMMDD


def find(connection: Connection, need: Need, reach: Reach, firm: Firm, today: date) -> list[int]:
    """Return the keys of the schemes that can pay for the need and reach the place, likeliest first."""
    rows = connection.execute(_STATEMENT, _parameters(need, reach, firm, today))
    return list(dict.fromkeys(row[0] for row in rows))


def _parameters(need: Need, reach: Reach, firm: Firm, today: date) -> dict[str, Any]:
    return {
        "need": need.value,
        "today": as_number(today),
        "old": as_number(today) - YEARS_TO_OLD * _YEAR,
        "sector": naf.place_in_profile(firm.sector),
        "staff": -1 if firm.headcount is None else firm.headcount,
        "amount": -1 if firm.amount is None else firm.amount,
        **{name: value for name, value in place_parameters(reach).items() if name.startswith("zone")},
    }


def _statement() -> Select:
    row = SchemePosting
    sector, staff, amount = bindparam("sector"), bindparam("staff"), bindparam("amount")
    ended = or_(row.status == SchemeStatus.ENDED.value, row.closing < bindparam("today"))
    ruled_out = or_(
        and_(sector > 0, func.substr(row.ruled_out, sector, 1) == "x"),
        and_(staff >= 0, or_(row.staff_min > staff, row.staff_max < staff)),
        and_(amount >= 0, row.floor > amount),
    )
    opened = row.status == SchemeStatus.OPEN.value
    old = and_(row.status == SchemeStatus.UNKNOWN.value, row.known_day <= bindparam("old"))
    tier = case(
        (ended, Tier.ENDED),
        (ruled_out, Tier.RULED_OUT),
        (row.zone.like(f"%{PART}"), Tier.SOMEWHERE),
        (row.aside == 1, Tier.ASIDE),
        (and_(row.one_subject == 1, opened), Tier.PART),
        (row.one_subject == 1, Tier.UNSURE_PART),
        (opened, Tier.OPEN),
        (row.status == SchemeStatus.SUSPENDED.value, Tier.SUSPENDED),
        (row.known_day.is_(None), Tier.UNDATED),
        (old, Tier.OLD),
        else_=Tier.UNKNOWN,
    )
    order = (tier, case((old, 1), else_=0), row.level, -row.breadth, row.trust, -row.known, row.id)
    return select(row.key).where(row.need == bindparam("need"), in_place(row)).order_by(*order).limit(MOST)


_STATEMENT = _statement()
