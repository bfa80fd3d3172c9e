"""Why a result stands where it stands: its own sentence, and what decides between it and its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.matching import Candidate, parts_of_order
from knowledge.sentences import Sentences


@dataclass(frozen=True)
class Explanation:
    """Where a result stands (`rank` from 1, of `total`) and why, in French sentences."""

    rank: int
    total: int
    reasons: list[str]


def explain(
    candidates: Sequence[Candidate], wanted: str, names: dict[str, str], say: Sentences
) -> Explanation | None:
    """Return where the body `wanted` stands among the candidates, best first; None where it is not among them.

    `names` gives the name of each body by its id; one withdrawn meanwhile is called by its id.
    """
    ids = [candidate.id for candidate in candidates]
    if wanted not in ids:
        return None
    at = ids.index(wanted)
    reasons = []
    if at > 0:
        reasons.append(
            _compared(candidates[at - 1], candidates[at], names.get(ids[at - 1], ids[at - 1]), "after", say)
        )
    if at + 1 < len(ids):
        reasons.append(
            _compared(candidates[at], candidates[at + 1], names.get(ids[at + 1], ids[at + 1]), "before", say)
        )
    return Explanation(at + 1, len(ids), reasons)


def _compared(first: Candidate, second: Candidate, other: str, side: str, say: Sentences) -> str:
    return say.say(side, other=other, reason=say.say("contacts", decided_by(first, second)))


def decided_by(first: Candidate, second: Candidate) -> str:
    """Return the part of the order that puts `first` before `second`."""
    before, after = parts_of_order()
    names = (*before, *after)
    parts = zip(names, (*first.before, *first.after), (*second.before, *second.after), strict=True)
    name, one, two = next(part for part in parts if part[1] != part[2])
    return name if one < two else "variety"  # only a kind shown already lets the better one wait
