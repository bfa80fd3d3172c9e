"""Which schemes may pay for a need at a place: the database finds them and puts them in a first order.

The first order is that of `funding.place_of` as far as columns can say it, at its best: judged on all facts, a scheme
can only come later. So that a look-up has a bound, only the first `MOST` are given: what has ended or is ruled out by
headcount, activity or floor stands last already.
"""

from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, case, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from knowledge import naf
from knowledge.codes import SchemeStatus
from knowledge.dates import as_number
from knowledge.facts import Firm
from knowledge.funding import YEARS_TO_OLD, Question, Tier
from knowledge.matching import in_place, place_parameters
from knowledge.models import SchemePosting
from knowledge.postings import PART
from knowledge.prepared import Statement
from knowledge.scheme_ranking import Spotted

MOST = 40
_YEAR = 10_000  # of a day written YYYYMMDD


def find(connection: Connection, question: Question) -> list[Spotted]:
    """Return the schemes that can pay for the need and reach the place, likeliest first."""
    found: dict[int, Spotted] = {}
    for key, slug, variant_of, *place in _STATEMENT.all(connection, _parameters(question)):
        tier, old, level, breadth, unsure, trust, known = place
        bound = (tier, bool(old), level, False, breadth, bool(unsure), bool(trust), known, slug)
        found.setdefault(key, Spotted(key, slug, variant_of, bound))
    return list(found.values())


def _parameters(question: Question) -> dict[str, Any]:
    firm, today = question.firm, as_number(question.today)
    return {
        "need": question.need.value,
        "today": today,
        "old": today - YEARS_TO_OLD * _YEAR,
        "sector": naf.place_in_profile(firm.sector),
        "staff": -1 if firm.headcount is None else firm.headcount,
        "facts": int(firm != Firm()),
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
    # Nobody is told that a firm gets what may be closed, or what its facts do not decide.
    unsure = case((and_(opened, row.undecided == 0, bindparam("facts", type_=Integer) == 1), 0), else_=1)
    place = (tier, case((old, 1), else_=0), row.level, -row.breadth, unsure, row.trust, -row.known)
    found = select(row.key, row.id, row.variant_of, *(part.label(f"p{at}") for at, part in enumerate(place)))
    named = row.need == bindparam("need", type_=String)
    return found.where(named, in_place(row)).order_by(*place, row.id).limit(MOST)


_STATEMENT = Statement("schemes", _statement())
