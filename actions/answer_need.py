"""An owner states one need or more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.asides import asks_entitled, is_short
from actions.ask_definition import asks_difference
from actions.cues import says
from actions.form import says_any
from actions.how_to_apply import how_to_apply
from actions.memory import AWAITING_PLACE, OWED, Memory
from actions.messages import BotMessage
from actions.money import GRANTS, MONEY, named_schemes, need_of, refusing
from actions.next_step import COMPARE, hesitates
from actions.notices import notices
from actions.obligations import duties_asked, duties_named, is_urgent
from actions.otherwise import otherwise
from actions.our_limits import our_limits, papers_at_hand
from actions.owner_action import Outcome, OwnerAction
from actions.page import Page
from actions.payment_worries import owed_abroad, owed_here
from actions.place import answer_or_ask_place, in_their_departement
from actions.request_form import offered
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn, learn
from knowledge.codes import ABROAD

FEW_WORDS = 6


class AnswerNeed(OwnerAction):
    """Learns what the message says, then answers, or asks for the place first."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_need"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a debt of nobody says where be answered as one in France, « et la TVA ? » behind one at home as that of
        France; both answers tell the way for other countries.
        """
        if hesitates(services, turn, turn.needs):
            return COMPARE
        if asks_difference(services, turn.text):
            return "action_ask_definition"
        if _asks_who(services, memory, turn):
            return "action_take_information"
        if _is_abroad(memory) or len(turn.needs) != 1:
            return None
        if turn.needs[0] == OWED and owed_here(services, memory, turn):
            return "action_payment_worries"
        return "action_other_business_need" if _vat_at_home(services, memory, turn) else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Answer the needs of the message in their order."""
        needs = meant(services, memory, turn)
        about = _aside(services, memory, turn, needs)
        if about:
            return [*notices(turn), about], learn(memory, turn)
        memory = refusing(memory, services.need_words.denied(turn.text), needs)
        if not needs:
            known = replace(learn(memory, turn), need=None, other_needs=[], shown={})
            return [*notices(turn), *ask_need(services, known)], known
        first, *further = needs
        asked_already = memory.awaiting and needs == memory.needs
        known = _learnt(services, memory, turn)
        if known.place_choices and known.place_choices == memory.place_choices:
            known = in_their_departement(known)  # asked, and something else is said
        if memory.need == OWED and first != OWED and not turn.last("amount"):
            known = replace(known, amount=None)  # what was owed is no cost of what comes next
        memory = replace(known, need=first, other_needs=further, place_asked=0, offered=[])
        project = next((need for need in [*needs, *memory.needs] if need not in MONEY), memory.project)
        memory = replace(memory, question=turn.text, duties={}, project=project)
        duties, memory = duties_asked(services, memory)
        messages, after = answer_or_ask_place(services, memory)
        request, after = offered(services, after, turn)
        # Where our question for this very need is asked again, « if that is not your question » would be about ours.
        others = [] if asked_already and after.awaiting else otherwise(services, turn)
        others = others if first in turn.needs else []
        if after.awaiting:  # the question comes last
            named = _named(services, after) if after.awaiting == AWAITING_PLACE else []
            return [*notices(turn), *duties, *others, *named, *messages, *request], after
        return [*notices(turn), *duties, *messages, *request, *others], after


def _aside(services: Services, memory: Memory, turn: Turn, needs: Sequence[str]) -> BotMessage | None:
    """Return what a few words ask about the answer before them, though they sound like a need."""
    wishes = says_any(turn.text, services.wording.form_words.wish) or services.need_words.named(turn.text)
    few = is_short(turn) and not wishes
    if few and is_urgent(services, memory.need, memory.question):
        return duties_named(services, memory, turn.text)  # « et la banque ? », by one whose page was stolen
    if few and (papers := papers_at_hand(services, memory, turn)):
        return papers
    if needs and MONEY.issuperset(needs):
        return how_to_apply(services, memory, turn)
    return our_limits(services, memory, turn) if is_short(turn) and needs == [memory.need] else None


def _asks_who(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a message that says where asks who helps with the need at hand: « qui peut nous aider, on est à
    Strasbourg » sounds like a wish for money.
    """
    another = services.need_words.named(turn.text)
    only_money = turn.needs and MONEY.issuperset(turn.needs)
    who = says(services, "who_helps", turn.text)
    return bool(memory.need and only_money and turn.place and who and not another)


def _is_abroad(memory: Memory) -> bool:
    """Tell whether another country is in question already."""
    return bool(memory.country or memory.markets or any(need in ABROAD for need in memory.needs))


def _vat_at_home(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a few words behind a need at home ask about VAT and say nothing of abroad."""
    few = len(turn.text.split()) <= FEW_WORDS and says(services, "vat", turn.text)
    abroad = turn.countries or turn.areas or says(services, "vat_abroad", turn.text)
    return bool(memory.need and few and not abroad)


def meant(services: Services, memory: Memory, turn: Turn) -> list[str]:
    """Return the needs that the message means; of one that only takes a need back, those at hand that are left."""
    needs = _without_money(services, turn, services.need_words.meant(turn.text, turn.needs))
    denied = services.need_words.denied(turn.text)
    if _asks_before_the_place(services, memory, turn):
        return memory.needs
    needs = needs or [need for need in memory.needs if need not in denied]
    if not turn.sure and OWED not in needs and owed_abroad(services, turn):
        return [OWED]  # « la société allemande refuse de payer » sounds like a firm to be set up
    if asks_entitled(services, memory, turn):
        return [GRANTS]
    if denied or (needs and turn.sure):
        return needs
    # « On m'a parlé de l'Impulsion Transition »: what a doubtful message names says more than what it resembles.
    return [need_of(scheme) for scheme in named_schemes(services, memory, turn.text)[:1]] or needs


def _asks_before_the_place(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a few doubtful words ask something while the place is asked for, and name no need: « quels papiers »
    is about the debt that was just told, whatever it sounds like.
    """
    doubtful = memory.awaiting == AWAITING_PLACE and is_short(turn) and not turn.sure
    asks = says(services, "asking", turn.text) and MONEY.isdisjoint(turn.needs)
    return (
        doubtful
        and asks
        and not services.need_words.named(turn.text)
        and not says_any(turn.text, services.wording.form_words.wish)
    )


def _without_money(services: Services, turn: Turn, needs: list[str]) -> list[str]:
    """Return the needs without the money that a doubtful message only sounds like: « on crée une boutique, il nous faut
    un site, une caisse » names what is needed, and neither money nor a sum.
    """
    named = set(services.need_words.named(turn.text))
    others = [need for need in needs if need not in MONEY]
    if turn.sure or turn.last("amount") or named & MONEY or not named.intersection(others):
        return needs
    return others


def _learnt(services: Services, memory: Memory, turn: Turn) -> Memory:
    """Return the memory with the facts of the message; a sum in the name of a scheme is none of the project."""
    known = learn(memory, turn)
    sums = " ".join(scheme.title for scheme in named_schemes(services, known, turn.text))
    told = turn.last("amount")
    return (
        replace(known, amount=memory.amount) if told and re.search(rf"\b{told['value']}\b", sums) else known
    )


def _named(services: Services, memory: Memory) -> list[BotMessage]:
    """Return what is known of the scheme that was asked for by name, while the place is asked for."""
    named = named_schemes(services, memory, memory.question)
    page = Page(services, memory, memory.need, 0, len(named), named=named)
    shown = {"contacts": [0, 0], "funding": [0, len(named)]}
    return page.messages([], [scheme.to_dict() for scheme in named], shown)
