"""The fear of not being paid, met with facts: what happens, what to do, and nothing asked."""

from __future__ import annotations

from dataclasses import replace

from actions.guidance import guidance_message
from actions.memory import Memory
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn, learn
from knowledge.guidance import Advice, Fact

INTENT = "payment_worries"
# Where the answer has no steps, facts that complete it.
MOST_MORE = 2
# A foreign customer who owes money is a need of its own.
WAY_ON = "unpaid_abroad"


class PaymentWorries(OwnerAction):
    """Answers the worry that the text names, else the general one."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_payment_worries"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the fact, its steps, and where to go on."""
        wording, advice = services.wording, services.knowledge.guidance.payment(turn.text)[0]
        buttons = [wording.need_button(WAY_ON), wording.button("talk_to_human")]
        titles = [button["title"] for button in buttons]
        message = guidance_message(
            services,
            INTENT,
            [advice.fact, *_more(services, advice)],
            lead=advice.title,
            steps=advice.steps,
            next_step=wording.render("payment_next.txt.j2", titles=titles),
        )
        return [*notices(turn), replace(message, buttons=buttons)], learn(memory, turn)


def _more(services: Services, advice: Advice) -> list[Fact]:
    """Return what completes an answer without steps; each fact under the question that it answers."""
    if advice.steps:
        return []
    titles = {each.fact.id: each.title for each in services.knowledge.guidance.payment()}
    named = [fact for fact in advice.more if fact.id in titles][:MOST_MORE]
    render = services.wording.render
    return [
        replace(fact, text=render("advice_more.txt.j2", title=titles[fact.id], text=fact.text))
        for fact in named
    ]
