"""What became of an interest in a shared expert, told when asked for and when something has changed."""

from __future__ import annotations

import logging
from dataclasses import replace

from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.shared_cdo_facts import NEED
from actions.turn import Turn
from actions.wording_store import as_button
from conversations.errors import RecordUnreachable
from conversations.interest_views import Interest, Wish
from conversations.interests import Interests
from knowledge.typography import number, within

logger = logging.getLogger(__name__)


def interests_of(services: Services) -> Interests:
    """Return where interests are kept; raises RecordUnreachable where there is no such place."""
    if services.interests is None:
        raise RecordUnreachable("no record")
    return services.interests


def registered(memory: Memory) -> Memory:
    """Return the memory that an interest is registered: only such a conversation is looked up for news."""
    return replace(memory, results=memory.results | {NEED: {"registered": True}})


def forgotten(memory: Memory) -> Memory:
    """Return the memory without any trace of an interest."""
    return replace(memory, results={name: kept for name, kept in memory.results.items() if name != NEED})


def state_message(
    services: Services, interest: Interest, new: bool = False, news: bool = False
) -> BotMessage:
    """Return what is registered and what became of it; `new`: just now, `news`: without having been asked."""
    wish, wording = interest.wish, services.wording
    text = wording.render(
        "shared_cdo_state.txt.j2",
        new=new,
        news=news,
        summary=wish_in_words(services, wish),
        email=wish.email,
        mail=services.mailer.enabled,
        state=interest.state,
        size=interest.group_size,
        area=services.territories.in_words(services.territories.get("departement", wish.departement)),
    )
    return BotMessage(text, buttons=[] if news else [leave_button(services)])


def wish_in_words(services: Services, wish: Wish) -> str:
    """Return what an owner wants to share: « 2 jours par mois, à Quimper, pour : … »."""
    buttons = {each.code: each.button for each in services.wording.forms[NEED].questions["skills"].choices}
    place = services.place({"level": wish.place_level, "code": wish.place_code})
    return services.wording.render(
        "shared_cdo_summary.txt.j2",
        days=number(wish.days),
        many=wish.days >= 2,
        area=services.territories.in_words(place),
        trade=wish.trade,
        skills=[within(buttons[code]) for code in wish.skills if code in buttons],
    )


def leave_button(services: Services) -> dict[str, str]:
    """Return the button that withdraws an interest."""
    return as_button(services.wording.render("shared_cdo_leave.txt.j2"))


def interest_news(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Return what the owner does not know yet of a registered interest, and write down that it was told."""
    if NEED not in memory.results:
        return []
    try:
        interests = interests_of(services)
        interest = interests.news(turn.sender)
        if interest is None:
            return []
        interests.told(interest)
    except RecordUnreachable:
        logger.warning("news of an interest could not be looked up")
        return []
    return [state_message(services, interest, news=True)]
