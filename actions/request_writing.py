"""From the answers of the form to a request that can be stored."""

from __future__ import annotations

from actions.form import Answers
from actions.memory import Memory
from actions.request_words import (
    consent_text,
    contact_of,
    needs_of,
    place_of,
    recipient_of,
    shares_conversation,
    summary_of,
)
from actions.services import Services
from actions.turn import Turn
from conversations.request_views import NewRequest


def new_request(services: Services, memory: Memory, answers: Answers, turn: Turn) -> NewRequest:
    """Return the request that the owner agreed to, in the words that were shown."""
    contact = contact_of(memory, answers)
    needs = needs_of(memory, answers)
    recipient = recipient_of(services, memory, answers)
    return NewRequest(
        conversation_id=turn.sender,
        summary=summary_of(answers),
        recipient=recipient,
        consent=consent_text(services, memory, answers),
        name=answers.get("name"),
        email=contact.get("email"),
        phone=contact.get("phone"),
        moment=answers.get("moment"),
        need=needs[0] if needs else None,
        place=place_of(services, memory),
        trade=memory.sector,
        headcount=memory.company_size,
        shares_conversation=shares_conversation(recipient),
    )
