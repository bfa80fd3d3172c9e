"""Which firms could share one expert: the rule, without any database."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

# Our judgement, not a figure of anybody's. Two firms settle it between themselves; three are a group. Below three days
# a month in all nobody comes regularly; above twenty the month of one person is full.
MEMBERS = 3
FEWEST_DAYS, MOST_DAYS = 3, 20
# How many of those who wait are tried, the oldest first: the pairs grow with the square.
MOST_TRIED = 60


class Sharer(Protocol):
    """What the rule looks at."""

    skills: Sequence[str]
    days: float
    email: str


AnySharer = TypeVar("AnySharer", bound=Sharer)


def common_skills(members: Iterable[Sharer]) -> tuple[str, ...] | None:
    """Return the skills that all want, in the order of the first; none (an empty tuple) where all leave it open.

    None where they want different things. Whoever names no skill agrees to any.
    """
    named = [list(member.skills) for member in members if member.skills]
    if not named:
        return ()
    shared = tuple(skill for skill in named[0] if all(skill in each for each in named))
    return shared or None


def fits(members: Sequence[Sharer]) -> bool:
    """Tell whether these firms could share one expert; one person who registered twice is no two firms."""
    people = {member.email.lower() for member in members}
    days = sum(member.days for member in members)
    return (
        len(members) >= MEMBERS
        and len(people) == len(members)
        and FEWEST_DAYS <= days <= MOST_DAYS
        and common_skills(members) is not None
    )


def partners(newcomer: AnySharer, waiting: Sequence[AnySharer]) -> list[AnySharer]:
    """Return those of `waiting` who make a group with the newcomer, the first ones that do; none where nobody does."""
    for others in combinations(waiting[:MOST_TRIED], MEMBERS - 1):
        if fits([newcomer, *others]):
            return list(others)
    return []
