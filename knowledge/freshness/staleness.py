"""What is to be verified, why, and in which order.

Pure, given the day. The order is the score: weights of the reasons, times what the record concerns, as
`limits.yml` explains; then the older date, then the sort of record and the id.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.codes import Code, Confidence
from knowledge.dates import last_day
from knowledge.freshness.dates import older_than
from knowledge.freshness.facts import Fact
from knowledge.freshness.limits import Limits


class Reason(Code):
    """Why a record is to be verified, the gravest first."""

    CLOSED = "closed"  # its last day has passed, but its status does not say so
    ENDS_SOON = "ends_soon"
    MEMORY = "memory"  # no page was ever read
    UNDATED = "undated"  # a page was read, and it bore no date
    STALE = "stale"
    STATUS_UNKNOWN = "status_unknown"  # nobody knows whether the scheme takes requests, or the rule holds
    UNVERIFIED = "unverified"  # read, but not on an official page
    NOTE = "note"  # an editor wrote down what is left to check


@dataclass(frozen=True)
class ToVerify:
    """One record to verify, its reasons (gravest first) and its score (no unit, the highest first)."""

    fact: Fact
    reasons: tuple[Reason, ...]
    score: float

    def order(self) -> tuple:
        """Return the key that puts what to verify first at the head."""
        return (-self.score, self.fact.seen or "", self.fact.record, self.fact.id)


def reasons_for(fact: Fact, limits: Limits, today: date) -> tuple[Reason, ...]:
    """Return why a record is to be verified on a day, gravest first; nothing where all is well."""
    months = limits.of(fact.kind).months
    memory = fact.confidence is Confidence.MEMORY
    going = not fact.over
    held = {
        Reason.CLOSED: fact.over and not fact.said_over,
        Reason.ENDS_SOON: going and _ends_soon(fact, limits, today),
        Reason.MEMORY: memory,
        Reason.UNDATED: going and not memory and not fact.seen,
        Reason.STALE: going and (fact.outdated or _older(fact, months, today)),
        Reason.STATUS_UNKNOWN: fact.unsure and going,
        Reason.UNVERIFIED: not memory and fact.confidence is not Confidence.OFFICIAL,
        Reason.NOTE: bool(fact.note),
    }
    return tuple(reason for reason in Reason if held[reason])


def to_verify(facts: Iterable[Fact], limits: Limits, today: date) -> Iterator[ToVerify]:
    """Yield the records that have a reason, in the order they come."""
    for fact in facts:
        reasons = reasons_for(fact, limits, today)
        if reasons:
            weight = sum(limits.weights[reason.value] for reason in reasons)
            yield ToVerify(fact, reasons, weight * fact.exposure)


def first(found: Iterable[ToVerify], limit: int) -> list[ToVerify]:
    """Return what to verify first, at most `limit`, holding no more than that in memory."""
    return heapq.nsmallest(limit, found, key=ToVerify.order)


def first_and_total(found: Iterable[ToVerify], limit: int) -> tuple[list[ToVerify], int]:
    """Return what to verify first, at most `limit`, and how many records there are to verify."""
    total = 0

    def counted() -> Iterator[ToVerify]:
        nonlocal total
        for item in found:
            total += 1
            yield item

    return first(counted(), limit), total


def _older(fact: Fact, months: int, today: date) -> bool:
    return fact.seen is not None and older_than(fact.seen, months, today)


def _ends_soon(fact: Fact, limits: Limits, today: date) -> bool:
    if fact.closing is None:
        return False
    return today <= last_day(fact.closing) <= today + timedelta(days=limits.ends_soon_days)
