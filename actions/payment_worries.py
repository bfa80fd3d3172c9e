"""The fear of not being paid, and money that a customer in France owes: what happens, what to do, and nothing asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.abroad import codes_of, market_abroad, side
from actions.asides import aside, is_short
from actions.cues import holds, says
from actions.guidance import guidance_message, under_title
from actions.memory import AWAITING_DEBTOR, Memory
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn, learn
from knowledge.codes import ABROAD
from knowledge.guidance import Advice, Fact
from knowledge.guidance.markets import ANYWHERE, Market

INTENT = "payment_worries"
# Where the answer has no steps, facts that complete it: of a situation, or of the answer itself.
MOST_OF_SITUATION = 3
MOST_MORE = 2
# A foreign customer who owes money is a need of its own.
WAY_ON = "unpaid_abroad"
ABROAD_SITUATIONS = {"EU": "union", "outside": "outside", None: "abroad"}
HERE, CONSUMER = "here", "consumer"


class PaymentWorries(OwnerAction):
    """Answers the worry that the text names, else that of what the owner is about, else the general one."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_payment_worries"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let the fear of what somebody sells (« un site à 300 € par mois, une arnaque ? ») be met with prices."""
        sales = holds(turn.text, services.wording.payment["sales"])
        offered = sales and services.cost_topics.named(turn.text)
        return "action_ask_cost" if offered else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the fact, its steps, and where to go on; or what who does nothing about the need at hand risks."""
        known = learn(memory, turn)
        about = aside(services, known, turn) if says(services, "if_not", turn.text) else None
        if about:
            return [*notices(turn), about], known
        advice, more = _answer(services, known, turn, _situation(services, known, turn))
        wording = services.wording
        buttons = [wording.need_button(WAY_ON), wording.button("talk_to_human")]
        titles = [button["title"] for button in buttons]
        message = guidance_message(
            services,
            INTENT,
            [advice.fact, *([] if advice.steps else more)],
            lead=advice.title,
            steps=advice.steps,
            next_step=wording.render("payment_next.txt.j2", titles=titles),
        )
        if advice.fact.id in wording.payment["situations"][HERE]:
            known = replace(known, awaiting=AWAITING_DEBTOR)
        return [*notices(turn), replace(message, buttons=buttons)], known


def is_consumer(services: Services, turn: Turn) -> bool:
    """Tell whether a few words behind an answer about a debt say that a private person owes it."""
    return is_short(turn) and holds(turn.text, services.wording.payment["consumer"])


def owed_here(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a message says that a firm or a private person in France, or nobody says where, owes money."""
    words = services.wording.payment
    if turn.countries or turn.areas or holds(turn.text, [*words["abroad"], *words["public"]]):
        return False
    if WAY_ON in memory.needs and holds(turn.text, words["customer_here"]):
        return True
    return holds(turn.text, words["owed"]) and not holds(turn.text, words["might"])


def owed_abroad(services: Services, turn: Turn) -> bool:
    """Tell whether a message says that somebody in another country owes money."""
    words = services.wording.payment
    return bool(turn.countries) and holds(turn.text, words["owed"]) and not holds(turn.text, words["might"])


def _situation(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return what the worry is about, a key of `wording/payment.yml`: what the message says, else the need at hand."""
    if memory.awaiting == AWAITING_DEBTOR and is_consumer(services, turn):
        return CONSUMER
    if owed_here(services, memory, turn):
        return HERE
    named = services.knowledge.guidance.payment_named(turn.text)
    told = [need for advice in named for need in services.knowledge.guidance.needs_of(advice.fact.id)]
    abroad = turn.countries or turn.areas or holds(turn.text, services.wording.payment["abroad"])
    for need in [*turn.needs, *told, *([WAY_ON] if abroad else []), *memory.needs]:
        if need in ABROAD:
            return ABROAD_SITUATIONS[side(services, memory) if codes_of(memory) else None]
        if need in services.wording.payment["situations"]:
            return need
    return None


def _answer(
    services: Services, memory: Memory, turn: Turn, situation: str | None
) -> tuple[Advice, Sequence[Fact]]:
    """Return the answer and what completes it, each under its question: a worry that the text names leads."""
    guidance = services.knowledge.guidance
    if situation is None:
        advice = guidance.payment(turn.text)[0]
        titles = {each.fact.id: each.title for each in guidance.payment()}
        related = [
            replace(advice, title=titles[fact.id], fact=fact) for fact in advice.more if fact.id in titles
        ]
        return advice, [under_title(services, each) for each in related[:MOST_MORE]]
    market: Market = market_abroad(services, memory) if situation in ABROAD_SITUATIONS.values() else ANYWHERE
    found = guidance.payment_named(turn.text, market)[:1]
    found += guidance.payment_of(services.wording.payment["situations"][situation], market)
    first, *others = {each.fact.id: each for each in found}.values()
    return first, [under_title(services, each) for each in others[:MOST_OF_SITUATION]]
