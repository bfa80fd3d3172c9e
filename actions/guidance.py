"""What the guidance holds (prices, words, duties, advice), as messages to the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.messages import BotMessage
from actions.services import Services
from knowledge.guidance import Advice, Fact


def guidance_message(
    services: Services,
    topic: str,
    facts: Sequence[Fact],
    *,
    lead: str = "",
    steps: Sequence[str] = (),
    next_step: str = "",
) -> BotMessage:
    """Return facts with their source and date as one message: `lead` before them, `steps` and `next_step` after.

    `topic` is a short stable name for programs: an intent or a need.
    """
    text = services.wording.render(
        "guidance.txt.j2", lead=lead, facts=facts, steps=steps, next_step=next_step
    )
    shown = [each.to_dict() for each in facts]
    custom = {"type": "guidance", "topic": topic, "lead": lead, "facts": shown, "next_step": next_step}
    return BotMessage(text, custom=custom | ({"steps": list(steps)} if steps else {}))


def under_title(services: Services, advice: Advice) -> Fact:
    """Return an answer as one fact among others, under the question that it answers."""
    text = services.wording.render("advice_more.txt.j2", title=advice.title, text=advice.fact.text)
    return replace(advice.fact, text=text)
