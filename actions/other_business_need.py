"""A business question that is none of the needs: the official body that answers it."""

from __future__ import annotations

from dataclasses import replace

from actions.asides import aside
from actions.form_run import closed
from actions.guidance import guidance_message
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.otherwise import otherwise
from actions.owner_action import Outcome, OwnerAction
from actions.payment_worries import owed_here
from actions.services import Services
from actions.turn import Turn, learn
from knowledge.guidance import Referred

INTENT = "other_business_need"


class OtherBusinessNeed(OwnerAction):
    """Names the body, or answers what is asked about the need at hand; where somebody may be in distress, who
    listens, and that alone.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_other_business_need"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a debt be answered with how it is called in."""
        grave = services.knowledge.guidance.referrals(turn.text)[0].sensitive
        return "action_payment_worries" if not grave and owed_here(services, memory, turn) else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Refer the owner to the body of the subject, or to the public advisers where no subject is known."""
        referred = services.knowledge.guidance.referrals(turn.text)[0]
        if referred.sensitive:
            return [distress(services, referred)], closed(memory)
        about = aside(services, memory, turn)
        if about:
            return [*notices(turn), about], learn(memory, turn)
        general = referred.topic == services.knowledge.guidance.referrals("")[0].topic
        message = _referral(services, referred, general)
        stated = [services.wording.need_button(need) for need in turn.needs]
        referral = replace(message, buttons=[*stated, services.wording.button("talk_to_human")])
        return [*notices(turn), referral, *otherwise(services, turn)], learn(memory, turn)


def distress(services: Services, referred: Referred) -> BotMessage:
    """Return who listens, and nothing beside it: no question, no button, no offer, no remark on sources."""
    text = services.wording.render(
        "distress.txt.j2", text=referred.fact.text, bodies=_bodies(services, referred)
    )
    return replace(guidance_message(services, INTENT, [referred.fact]), text=text)


def _referral(services: Services, referred: Referred, general: bool) -> BotMessage:
    first = referred.bodies[0]
    return guidance_message(
        services,
        INTENT,
        [referred.fact],
        lead=services.wording.render("referral_lead.txt.j2", topic=None if general else referred.topic),
        steps=_bodies(services, referred),
        next_step=services.wording.render("referral_next.txt.j2", body=first),
    )


def _bodies(services: Services, referred: Referred) -> list[str]:
    return [services.wording.render("body.txt.j2", body=body) for body in referred.bodies]
