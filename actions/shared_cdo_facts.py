"""What an owner should know before sharing an expert: what it is, and what a share costs."""

from __future__ import annotations

from dataclasses import replace

from actions.guidance import guidance_message
from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from knowledge.guidance import Fact
from knowledge.typography import number

NEED = "shared_cdo"
# Records of the guidance, by id.
TERMS = ("temps-partage", "cdo")
DAY_RATE, USUAL_DAYS = "shared-cdo-day-rate", "shared-cio-days"


def with_explanation(
    services: Services, memory: Memory, need: str, messages: list[BotMessage]
) -> tuple[list[BotMessage], Memory]:
    """Return an answer with what sharing an expert means before it; once, and for no other need."""
    explained = shared_cdo_facts(services, memory) if need == NEED else None
    if explained is None or memory.duties.get(need) == explained.text:
        return messages, memory
    return [explained, *messages], replace(memory, duties=memory.duties | {need: explained.text})


def shared_cdo_facts(services: Services, memory: Memory) -> BotMessage | None:
    """Return what a shared expert is and what a share costs, from the guidance; None where it holds nothing of it."""
    guidance = services.knowledge.guidance
    terms = [guidance.definition(term.replace("-", " ")) for term in TERMS]
    usual = guidance.price(USUAL_DAYS)
    facts = [*terms, share_cost(services, usual_days(services)), usual and usual.fact]
    told = [fact for fact in facts if fact]
    lead = services.wording.render("shared_cdo_lead.txt.j2")
    return guidance_message(services, NEED, told, lead=lead) if told else None


def usual_days(services: Services) -> float:
    """Return the days a month that the smallest firms take, for whoever cannot say; one where nothing was read."""
    usual = services.knowledge.guidance.price(USUAL_DAYS)
    return usual.low if usual else 1


def share_cost(services: Services, days: float) -> Fact | None:
    """Return what so many days a month cost, worked out from the price of a day; None where no price was read."""
    price = services.knowledge.guidance.price(DAY_RATE)
    if price is None:
        return None
    text = services.wording.render(
        "shared_cdo_share.txt.j2",
        days=number(days),
        many=days >= 2,
        low=number(days * price.low),
        high=number(days * price.high),
        day_low=number(price.low),
        day_high=number(price.high),
        tax=price.tax,
    )
    return replace(price.fact, text=text)
