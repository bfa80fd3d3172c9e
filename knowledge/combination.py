"""Which schemes may go together, and how much they give in all.

Only what a source says counts: a record names what it can be combined with, or cannot. One refusal is enough to
refuse; silence on both sides is « to be asked ». Sums never exceed the expense, nor the share of it that a scheme
allows to all public aid together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.codes import GRANT_LIKE
from knowledge.eligibility.findings import NO, UNKNOWN, YES
from knowledge.estimates import estimate
from knowledge.facts import Firm
from knowledge.schema import Scheme


@dataclass(frozen=True)
class Combination:
    """Schemes that may go together (`state` yes), may not (no), or nobody has said (unknown).

    `low` and `high` are what they give in all, in euros, None where that is not known or they do not go
    together; `percent` is the ceiling of public aid, in percent of the expense.
    """

    schemes: tuple[Scheme, ...]
    state: str
    low: int | None = None
    high: int | None = None
    percent: float | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the schemes, in order."""
        return tuple(scheme.id for scheme in self.schemes)


def combine(schemes: Iterable[Scheme], firm: Firm) -> list[Combination]:
    """Return the largest sets in which every two schemes go together, then the pairs that are refused or unknown.

    `schemes` are those a firm may get (not ended, not ruled out), best first; that order is kept.
    """
    given = list({scheme.id: scheme for scheme in schemes}.values())
    states = {(one.id, other.id): state_of(one, other) for one, other in combinations(given, 2)}
    together = [_together(found, firm) for found in _largest(given, states)]
    apart = [
        Combination((one, other), states[one.id, other.id])
        for wanted in (NO, UNKNOWN)
        for one, other in combinations(given, 2)
        if states[one.id, other.id] == wanted
    ]
    return together + apart


def state_of(one: Scheme, other: Scheme) -> str:
    """Return whether two schemes go together: yes, no or unknown.

    A local version and the scheme it is made after are one aid, not two.
    """
    if one.id in (other.variant_of, other.replaced_by) or other.id in (one.variant_of, one.replaced_by):
        return NO
    if _names(one.not_combined_with, one.not_combined_levels, other) or _names(
        other.not_combined_with, other.not_combined_levels, one
    ):
        return NO
    if _names(one.combined_with, one.combined_levels, other) or _names(
        other.combined_with, other.combined_levels, one
    ):
        return YES
    return UNKNOWN


def _names(ids: Sequence[str], levels: Sequence[str], other: Scheme) -> bool:
    return other.id in ids or other.level in levels


def _largest(given: Sequence[Scheme], states: dict[tuple[str, str], str]) -> list[tuple[Scheme, ...]]:
    """Return the largest sets of two or more whose every pair goes together, in the order of `given`."""
    friends: dict[str, set[str]] = {scheme.id: set() for scheme in given}
    for (one, other), state in states.items():
        if state == YES:
            friends[one].add(other)
            friends[other].add(one)
    places = {scheme.id: place for place, scheme in enumerate(given)}
    found = [
        sorted(places[key] for key in clique) for clique in _cliques(set(), set(friends), set(), friends)
    ]
    return [tuple(given[place] for place in each) for each in sorted(found) if len(each) > 1]


def _cliques(kept: set, open_: set, done: set, friends: dict[str, set[str]]) -> Iterator[set]:
    """Yield the maximal cliques (Bron and Kerbosch 1973, with a pivot, so that large ones stay cheap)."""
    if not open_ and not done:
        yield kept
        return
    pivot = max(open_ | done, key=lambda key: len(friends[key] & open_))
    for key in open_ - friends[pivot]:
        yield from _cliques(kept | {key}, open_ & friends[key], done & friends[key], friends)
        open_, done = open_ - {key}, done | {key}


def _together(schemes: tuple[Scheme, ...], firm: Firm) -> Combination:
    shares = [scheme.public_aid_max_percent for scheme in schemes if scheme.public_aid_max_percent]
    percent = min(shares, default=None)
    low, high = (_total(schemes, firm, percent, bound) for bound in ("low", "high"))
    return Combination(schemes, YES, low, high, percent)


def _total(schemes: Iterable[Scheme], firm: Firm, percent: float | None, bound: str) -> int | None:
    """Return the sum of one bound; None where a scheme's own is not known."""
    public = lent = 0
    for scheme in schemes:
        found = estimate(scheme, firm)
        given = getattr(found, bound) if found else None
        if given is None:
            return None
        if scheme.types_aides[0] in GRANT_LIKE:
            public += given
        else:
            lent += given
    if firm.amount is None:
        return public + lent
    ceiling = firm.amount if percent is None else int(firm.amount * percent / 100)
    return min(min(public, ceiling) + lent, firm.amount)
