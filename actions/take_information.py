"""An owner gives or corrects a fact: a place, a trade, a headcount, a country."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import place_in_words
from actions.cues import says
from actions.direct_contact import direct_contact
from actions.memory import AWAITING_COUNTRY, AWAITING_DEBTOR, AWAITING_PLACE, OWED, Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.obligations import duties_named
from actions.owner_action import Outcome, OwnerAction
from actions.payment_worries import is_consumer
from actions.place import MOST_QUESTIONS, answer_or_ask_place, ask_country, ask_place, which_place
from actions.services import Services
from actions.turn import Turn, learn
from conversations.references import names_reference
from knowledge.codes import ABROAD

# Shown where the need is not known yet: one of each family.
FIRST_CHOICES = ("website", "online_store", "visibility", "export_prospecting", "grants", "diagnosis")


class TakeInformation(OwnerAction):
    """Learns the facts, then goes on with the need, or asks what it is."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_take_information"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a reference be looked up, and « plutôt une subvention qu'un prêt » be answered as that need."""
        if names_reference(turn.text):
            return "action_request_status"
        if services.need_words.corrected(turn.text):
            return "action_answer_need"
        consumer = memory.awaiting == AWAITING_DEBTOR and is_consumer(services, turn)
        return "action_payment_worries" if consumer else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Go on from what the message adds."""
        after = _debtor_abroad(memory, _country_left_open(learn(memory, turn), turn))
        if after.need and memory.awaiting == AWAITING_COUNTRY:
            unknown = _country_unknown(services, memory, turn)
            messages, after = answer_or_ask_place(services, after)
            messages = [*unknown, *messages]
        elif _another_country(services, after, turn):
            after = replace(
                after, country=None, markets=[], country_declined=False, awaiting=AWAITING_COUNTRY
            )
            messages = [ask_country(services)]
        elif not (turn.informs or turn.areas):
            messages, after = _nothing_learnt(services, after, turn)
        elif after.need:
            messages, after = answer_or_ask_place(services, _abroad(after, turn))
        elif memory.awaiting == AWAITING_DEBTOR and after.place:
            # « À Lyon », behind the steps for a debt in France.
            messages = direct_contact(services, after, None)
        else:
            messages, after = ask_need(services, after), after
        return [*notices(turn), *messages], after


def _debtor_abroad(before: Memory, memory: Memory) -> Memory:
    """A country behind an answer about a debt is where the debtor is: that is the need at hand now."""
    if before.awaiting != AWAITING_DEBTOR or memory.country in (before.country, "FR"):
        return memory
    return replace(memory, need=OWED, other_needs=[], awaiting=None, place_asked=0, shown={})


def _country_left_open(memory: Memory, turn: Turn) -> Memory:
    """« Plusieurs pays », « je ne sais pas », or whatever names none: the country is not asked for again."""
    if memory.awaiting != AWAITING_COUNTRY or turn.last("country"):
        return memory
    return replace(memory, country_declined=True)


def _country_unknown(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Say that the country was not recognised, where the answer seems to name one."""
    named = turn.countries or turn.areas or turn.place
    undecided = turn.intent in ("affirm", "deny") or says(services, "undecided", turn.text)
    return [] if named or undecided else [BotMessage(response="utter_country_unknown")]


def _another_country(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether the country at hand is said to be wrong, and no other is named (« c'est pas le bon pays »)."""
    turns_on_country = any(need in ABROAD for need in memory.needs)
    told = turn.countries or turn.areas
    return turns_on_country and not told and says(services, "wrong_country", turn.text)


def _abroad(memory: Memory, turn: Turn) -> Memory:
    """A country given as the place of the firm: no French place will come, so it is not asked for again."""
    answered_with_country = (
        memory.awaiting == AWAITING_PLACE and turn.all("country") and not turn.all("location")
    )
    return replace(memory, abroad=True, place_choices=[]) if answered_with_country else memory


def _nothing_learnt(services: Services, memory: Memory, turn: Turn) -> Outcome:
    """Ask again, once; then answer with what there is."""
    if memory.place_choices:
        return answer_or_ask_place(services, memory)
    if memory.awaiting == AWAITING_PLACE and memory.need:
        if "invalid_siret" in turn.doubts:
            return [ask_place(services)], memory
        if memory.place_asked >= MOST_QUESTIONS:
            return answer_or_ask_place(services, memory)
        again = replace(memory, place_asked=memory.place_asked + 1)
        if says(services, "asking", turn.text) or "?" in turn.text:
            about = duties_named(services, memory, turn.text)
            said = about or BotMessage(response="utter_why_place")
            return [said, ask_place(services)], again
        known_why = "unknown_postcode" in turn.doubts
        return [] if known_why else [ask_place(services, "utter_place_unknown")], again
    if turn.doubts and memory.shown:
        return [], memory
    if memory.need:  # « Changer de lieu »
        return [ask_place(services)], replace(memory, awaiting=AWAITING_PLACE, place_asked=1)
    return ask_need(services, memory), memory


def ask_need(services: Services, memory: Memory) -> list[BotMessage]:
    """Return the question what the owner needs, or first which place was meant."""
    if memory.place_choices:
        return [which_place(services, memory)]
    buttons = [services.wording.need_button(need) for need in FIRST_CHOICES]
    place = place_in_words(services, memory)
    if place:
        return [BotMessage(response="utter_ask_need_at", values={"place": place}, buttons=buttons)]
    return [BotMessage(response="utter_ask_need", buttons=buttons)]
