"""« C'est gratuit ? »: what asking here costs, and what the public advisers cost who are named here."""

from __future__ import annotations

from actions.cues import says
from actions.form import says_any
from actions.guidance import guidance_message
from actions.messages import BotMessage
from actions.services import Services
from knowledge.codes import Need
from knowledge.typography import french

# A question of so many words at most that names nothing else is about what stands before it: this service.
FEW_WORDS = 8


def own_price(services: Services, text: str, topic: str) -> BotMessage | None:
    """Return the answer to who asks whether this service, or a public body, is paid; None where another price is meant.

    `topic` is what the answer is called for programs.
    """
    free = says_any(text, services.wording.cost_topics["free"])
    ours = says(services, "our_service", text)
    public = free and says(services, "public_bodies", text)
    bare = free and len(text.split()) <= FEW_WORDS and not services.cost_topics.scores(text)
    if not (ours or public or bare):
        return None
    facts = services.knowledge.guidance.costs(Need.DIAGNOSIS)[:1]
    lead = "" if public and not ours else french(services.responses["utter_own_price"])
    return guidance_message(services, topic, facts, lead=lead) if facts or lead else None
