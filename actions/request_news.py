"""Where requests stand, in words; what went wrong with the e-mails about them is told without being asked for."""

from __future__ import annotations

from typing import Any

from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.turn import Turn
from conversations.errors import RecordUnreachable
from conversations.request_views import Request

REQUEST = "talk_to_human"


def request_news(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Return a message for each request of this conversation whose e-mails failed since its owner was told last."""
    if REQUEST not in memory.results or services.requests is None:
        return []
    try:
        return [state_message(services, each) for each in services.requests.news(turn.sender)]
    except RecordUnreachable:
        return []  # the next message tells it


def state_message(services: Services, request: Request) -> BotMessage:
    """Return where a request stands."""
    text = services.wording.render(
        "request_state.txt.j2",
        reference=request.reference,
        status="withdrawn" if request.withdrawn else request.status,
        made_on=request.created_at.date().isoformat(),
        recipient=request.recipient.name,
        failed=request.mail_failed,
        email=request.email,
        words=services.wording.requests,
    )
    return BotMessage(text, custom=request_card(request))


def request_card(request: Request) -> dict[str, Any]:
    """Return the facts of a request for cards; its reference is its id for everybody outside."""
    return {"type": "request", "id": request.reference, "status": request.status}
