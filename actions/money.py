"""Money that is asked for by name, or for a project: the scheme named, then what pays for the project, comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.memory import Memory
from actions.services import Services
from knowledge.codes import GRANT_LIKE, LOAN_LIKE
from knowledge.matches import FundingMatch

GRANTS, LOANS = "grants", "loans"
MONEY = frozenset({GRANTS, LOANS})
KINDS = {GRANTS: GRANT_LIKE, LOANS: LOAN_LIKE}


def firm_facts(memory: Memory) -> dict[str, Any]:
    """Return what the choice of contacts wants to know of the firm beside its place."""
    return {"sector": (memory.sector or {}).get("division"), "headcount": memory.company_size}


def aid_facts(memory: Memory) -> dict[str, Any]:
    """Return what an owner's right to aid turns on, beside the place."""
    return firm_facts(memory) | {"amount": memory.cost} | memory.told


def named_schemes(services: Services, memory: Memory, text: str | None) -> list[FundingMatch]:
    """Return the schemes that a text names, each with the one that took its place, judged for this firm."""
    place = services.place(memory.place)
    return services.knowledge.named_schemes(text or "", place, **aid_facts(memory))


def refusing(memory: Memory, denied: Sequence[str], stated: Sequence[str]) -> Memory:
    """Return the memory with the kinds of money that a message refuses (« pas un prêt »), without those it asks for."""
    refused = [kind for kind in dict.fromkeys([*memory.refused, *denied]) if kind in MONEY]
    return replace(memory, refused=[kind for kind in refused if kind not in stated])


def wanted(memory: Memory, funding: Sequence[FundingMatch]) -> Sequence[FundingMatch]:
    """Return the schemes but those of a kind that was refused."""
    if not memory.refused:
        return funding
    unwanted = frozenset().union(*(KINDS[kind] for kind in memory.refused))
    return [match for match in funding if match.kinds[0] not in unwanted]


def need_of(scheme: FundingMatch) -> str:
    """Return the need for money that a scheme answers."""
    return GRANTS if scheme.kinds[0] in GRANT_LIKE else LOANS


def named_first(named: Sequence[FundingMatch], funding: Sequence[FundingMatch]) -> Sequence[FundingMatch]:
    """Return the schemes with those that were asked for by name before all others, wherever they hold."""
    if not named:
        return funding
    ids = {match.id for match in named}
    return [*named, *(match for match in funding if match.id not in ids)]


def project_first(
    services: Services, memory: Memory, need: str, funding: Sequence[FundingMatch]
) -> Sequence[FundingMatch]:
    """Return the schemes of a need for money, first those that can pay for what the question names (« pour mon site »),
    or for the need before (« et les aides ? »).

    What has ended or is ruled out stays behind.
    """
    before = [memory.project] if memory.project else []
    projects = services.need_words.projects(memory.question or "") or before
    if need not in MONEY or not projects or not funding:
        return funding
    place, facts = services.place(memory.place), aid_facts(memory)
    found = (services.knowledge.funding(project, place, **facts) for project in projects)
    paying = {match.id for matches in found for match in matches}

    def rank(match: FundingMatch) -> tuple[bool, bool, bool]:
        return match.status == "ended", match.eligible == "no", match.id not in paying

    return sorted(funding, key=rank)
