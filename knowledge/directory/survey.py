"""What has to be counted over all records: how many bodies serve each département, which schemes name a body."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.codes import BodyLevel, Need
from knowledge.freshness.coverage import LOCAL, REGIONAL, Cell, Coverage, contactable
from knowledge.freshness.ground import Ground
from knowledge.schema import Advisor, Scheme


@dataclass(frozen=True)
class Survey:
    """The records at one moment: `bodies` are the ids of those that are shown, `named_by` the ids of the schemes that
    name a body among their contacts; `nearby` counts the bodies nearer than the country by need and département (or
    collectivity), `local` by département alone, whatever they do. It is kept for as long as the records stay the same:
    what it was counted with is not.
    """

    nearby: dict[tuple[Need, str], int]
    local: dict[str, int]
    bodies: tuple[str, ...]
    schemes: tuple[str, ...]
    named_by: dict[str, tuple[str, ...]]

    def near(self, need: Need | None, departement: str) -> int:
        """Return how many bodies nearer than the country serve a département, for a need or whatever they do."""
        return self.local.get(departement, 0) if need is None else self.nearby[need, departement]


def near(cell: Cell) -> int:
    """Return how many bodies nearer than the country a cell counts, verified or to be confirmed."""
    return sum(counted[level] for counted in (cell.verified, cell.to_check) for level in (LOCAL, REGIONAL))


def take(advisors: Iterable[Advisor], schemes: Iterable[Scheme], ground: Ground, today: date) -> Survey:
    """Return the survey of these records on a day; each iterable is read once."""
    coverage, local, named_by = Coverage(ground), Counter(), defaultdict(list)
    bodies = tuple(_counted(advisors, coverage, local))
    served = []
    for scheme in schemes:
        coverage.add_scheme(scheme, today)
        served.append(scheme.id)
        for body in scheme.contacts:
            named_by[body].append(scheme.id)
    named = {body: tuple(ids) for body, ids in named_by.items()}
    nearby = {
        (need, place.code): near(coverage.cell(need, place.code))
        for need in Need
        for place in coverage.places
    }
    return Survey(nearby, dict(local), bodies, tuple(served), named)


def _counted(advisors: Iterable[Advisor], coverage: Coverage, local: Counter[str]) -> Iterator[str]:
    for advisor in advisors:
        if not contactable(advisor):
            continue
        coverage.add_advisor(advisor)
        if advisor.level is not BodyLevel.NATIONAL:
            local.update(coverage.reach_of(advisor).any)
        yield advisor.id
