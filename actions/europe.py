"""Money of the European Union: which schemes are of it, and whether the owner asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.cues import says
from actions.memory import Memory
from actions.services import Services
from knowledge.coverage import UNION, reach_of
from knowledge.guidance.words import plain
from knowledge.matches import FundingMatch

GRANTS = "grants"


def europe_is_meant(services: Services, memory: Memory, need: str) -> bool:
    """Tell whether the question behind the need names Europe or one of its funds."""
    return need == GRANTS and says(services, "europe", memory.question)


def is_european(services: Services, scheme: Mapping[str, Any]) -> bool:
    """Tell whether a scheme names the Union or one of its funds as its payer."""
    return says(services, "europe", f"{scheme['title']} {scheme['funder']}")


def outside_union(services: Services, memory: Memory) -> bool:
    """Tell whether the firm is in a French territory that does not belong to the Union."""
    return UNION not in reach_of(services.place(memory.place), services.territories).zones


def europe_first(services: Services, found: Sequence[FundingMatch]) -> list[FundingMatch]:
    """Return the schemes with those of the Union first: of the region, then of all regions; ended ones stay last."""

    def rank(match: FundingMatch) -> tuple[bool, bool, bool]:
        european = is_european(services, vars(match))
        regional = not {"region", "collectivite"}.isdisjoint(plain(match.funder).split())
        return match.status == "ended", not european, not regional

    return sorted(found, key=rank)
