"""A message that was not understood for sure: what can be asked of the need at hand, or the likeliest needs; twice in a
row, people to call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.answer import PAGE
from actions.asides import aside, asks_entitled, is_short
from actions.courtesy import is_leaving
from actions.cues import says
from actions.memory import AWAITING_DEBTOR, AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.named import action_of_name
from actions.next_step import action_of_next_step, action_offered
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.payment_worries import is_consumer, owed_here
from actions.place import ask_place
from actions.services import Services
from actions.take_information import FIRST_CHOICES
from actions.turn import NEED_PREFIX, Turn, learn
from actions.wording_store import as_button
from knowledge.codes import Need
from knowledge.typography import french

GRANTS = Need.GRANTS.value
MOST_CHOICES = 3
FAREWELLS = frozenset({"thank", "goodbye", "feedback_positive"})
MOST_DOUBTS = 2  # from this one on in a row, no further list of needs


class OfferChoices(OwnerAction):
    """Offers choices as buttons, then general contacts and a person; what the message says of the firm is kept."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_offer_choices"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a message that names a request, a scheme, a debt or a contract just signed be answered with that."""
        if _tells(memory, turn):
            return "action_take_information"
        if memory.awaiting == AWAITING_DEBTOR and is_consumer(services, turn):
            return "action_payment_worries"
        if FAREWELLS.issuperset(turn.ranking[:2]) and turn.intent in FAREWELLS:
            return "action_courtesy"  # « merci au revoir » is both, and neither for sure
        if is_leaving(services, memory, turn):
            return "action_courtesy"
        named = action_of_name(services, memory, turn)
        if named or owed_here(services, memory, turn):
            return named or "action_payment_worries"
        if says(services, "signed", turn.text):
            return "action_other_business_need"
        if asks_entitled(services, memory, turn):
            return "action_answer_need"
        return action_of_next_step(services, memory, turn) or action_offered(services, memory, turn)

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Offer what can be asked of the need at hand, or the likeliest needs that were not offered for the last doubt,
        best first; or whom to call.
        """
        return in_doubt(services, memory, turn)


def _tells(memory: Memory, turn: Turn) -> bool:
    """Tell whether a message that states no need says who owes, or what aids turn on: « SARL, 35 000 de CA »."""
    if memory.awaiting == AWAITING_DEBTOR and turn.countries:
        return True
    return bool(memory.need and turn.told and is_short(turn) and not turn.needs)


def in_doubt(services: Services, memory: Memory, turn: Turn) -> Outcome:
    """Return the answer to a message in doubt, counted among those in a row."""
    about = aside(services, memory, turn) if is_short(turn) else None
    if about:
        known = learn(memory, turn)
        # A question that was open stays so.
        place = [ask_place(services)] if known.awaiting == AWAITING_PLACE else []
        return [*notices(turn), about, *place], known
    known = replace(learn(memory, turn), doubts=memory.doubts + 1)
    buttons = likely_needs(services, turn, but=memory.offered)
    if known.doubts >= MOST_DOUBTS or not buttons:
        return [*notices(turn), _people(services, known)], known
    if known.need and known.shown and is_short(turn):
        return [*notices(turn), _about_the_need(services, known, buttons[0])], known
    offered = [need for need in _likely(turn) if need not in memory.offered][:MOST_CHOICES]
    text = services.wording.render("choices.txt.j2", titles=[button["title"] for button in buttons])
    message = BotMessage(text, buttons=[*buttons, services.wording.button("help")])
    return [*notices(turn), message], replace(known, offered=[*known.offered, *offered])


def _about_the_need(services: Services, memory: Memory, likeliest: dict[str, str]) -> BotMessage:
    """Return what can be asked of the need that was just answered, with the need that the message sounds like most."""
    topic = services.wording.cost_topics["topics"].get(memory.need, {})
    known = "button" in topic and services.knowledge.guidance.costs(Need(memory.need))
    price = [as_button(french(topic["button"]))] if known else []
    money = [services.wording.need_button(GRANTS)] if memory.need != GRANTS else []
    others = [services.wording.button(act) for act in ("more_results", "talk_to_human")]
    buttons = [*price, *money, *others]
    more = [likeliest] if likeliest not in buttons else []
    understood = services.wording.needs[memory.need]["understood"]
    text = services.wording.render(
        "choices_about.txt.j2", need=understood, titles=[button["title"] for button in buttons + more]
    )
    return BotMessage(text, buttons=buttons + more)


def other_choices(services: Services, memory: Memory, turn: Turn) -> Outcome:
    """Return the answer to who refuses the needs offered in doubt: others, one of each family first.

    Facts of the message are kept; it is counted as a doubt, so that the next one gives people to call.
    """
    others = [need for need in FIRST_CHOICES if need not in memory.offered]
    known = replace(
        learn(memory, turn), doubts=memory.doubts + 1, offered=[*memory.offered, *others], awaiting=None
    )
    buttons = [services.wording.need_button(need) for need in others]
    text = services.wording.render("other_choices.txt.j2", titles=[button["title"] for button in buttons])
    return [BotMessage(text, buttons=[*buttons, services.wording.button("talk_to_human")])], known


def likely_needs(services: Services, turn: Turn, but: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the buttons of the needs that the message sounds like, best first, `but` left out."""
    likely = [need for need in _likely(turn) if need not in but]
    return [services.wording.need_button(need) for need in likely[:MOST_CHOICES]]


def _likely(turn: Turn) -> list[str]:
    return [name.removeprefix(NEED_PREFIX) for name in turn.ranking if name.startswith(NEED_PREFIX)]


def _people(services: Services, memory: Memory) -> BotMessage:
    """Return the general contacts of the territory and the way to a person."""
    place = services.place(memory.place)
    contacts = services.knowledge.general_contacts(place)
    items = [each.to_dict() for each in contacts[:PAGE]]
    lead = services.wording.render(
        "people_lead.txt.j2", place=services.territories.in_words(place) if place else None
    )
    next_step = services.wording.render("people_next.txt.j2")
    text = services.wording.render("contacts.txt.j2", lead=lead, items=items, start=0, next_step=next_step)
    territory = {"level": place.level, "code": place.code, "name": place.name} if place else None
    custom = {"type": "contacts", "lead": lead, "need": None, "territory": territory, "items": items}
    buttons = [services.wording.button(act) for act in ("talk_to_human", "help")]
    more = {"more": len(contacts) > PAGE, "next_step": next_step}
    return BotMessage(text, buttons=buttons, custom=custom | more)
