"""« Combien ça coûte ? »: prices that were read, the schemes that lower them for this owner, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from actions.answer import PAGE, find
from actions.asides import is_short
from actions.cues import says
from actions.form import says_any
from actions.guidance import guidance_message
from actions.left_to_pay import left_to_pay
from actions.memory import AWAITING_COST, AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.money import MONEY
from actions.notices import notices
from actions.obligations import duties_named, is_urgent
from actions.own_price import own_price
from actions.owner_action import Outcome, OwnerAction
from actions.page import Page
from actions.place import MOST_QUESTIONS, ask_place, which_place
from actions.services import Services
from actions.turn import NEED_PREFIX, Turn, learn
from actions.wording_store import as_button
from knowledge.codes import ABROAD, Need
from knowledge.guidance import Fact
from knowledge.guidance.words import alike, stems
from knowledge.matches import FundingMatch
from knowledge.typography import french

MOST_PRICES = 3
MOST_CHOICES = 4
INTENT = "ask_cost"
UNNAMED = {"named": None, "quotes": True}


class AskCost(OwnerAction):
    """Gives prices at once; asks for the place only afterwards, to say which aid lowers them."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_cost"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « combien il me reste à payer ? » behind a project's schemes be answered with what they give, and « ça
        prend combien de temps ? » be no question of money.
        """
        if memory.need in MONEY and memory.shown and says(services, "left_to_pay", turn.text):
            return "action_estimate"
        long = memory.shown and is_short(turn) and says(services, "how_long", turn.text)
        return "action_offer_choices" if long else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Answer for what the text names, else for the need at hand, else ask which price is meant."""
        known = learn(memory, turn)
        text = _without_trades(turn)
        said = _of_the_attack(services, known, turn.text) or own_price(services, text, INTENT)
        if said:
            return [*notices(turn), said], known
        topic, prices = _priced(services, known, text)
        if topic is None and not prices:
            waiting = known if known.form else replace(known, awaiting=AWAITING_COST)
            return [*notices(turn), _which(services, turn)], waiting
        known = replace(known, awaiting=None) if known.awaiting == AWAITING_COST else known
        messages = [_prices(services, known, topic, prices, text)]
        if topic and services.wording.cost_topics["topics"][topic].get("aid", True):
            schemes, known = _schemes(services, known, topic, prices)
            messages += schemes
        return [*notices(turn), *messages], known


def _of_the_attack(services: Services, memory: Memory, text: str) -> BotMessage | None:
    """Return the rule for « je dois payer ? » while a ransom is asked for."""
    under_way = is_urgent(services, memory.need, memory.question)
    return duties_named(services, memory, text) if under_way else None


def _without_trades(turn: Turn) -> str:
    """Return the text without the owner's trade, which has no price: « un site pour mon salon de coiffure »."""
    text = turn.text
    for trade in sorted(turn.all("sector"), key=lambda each: -each["start"]):
        text = f"{text[: trade['start']]} {text[trade['end'] :]}"
    return text


def _priced(services: Services, memory: Memory, text: str) -> tuple[str | None, list[Fact]]:
    """Return the need whose price is asked for, and the prices known; a price may belong to none."""
    topics, costs = services.wording.cost_topics, services.knowledge.guidance.costs
    named = services.cost_topics.scores(text)
    if named:
        topic = max(named, key=named.get)
        return topic, _of_topic(services, topic, text)
    # « Et les aides ? », « combien je dois prévoir ? »: what the aid is for has the price, not the aid.
    paid_for = [memory.project] if memory.project and memory.need in MONEY else []
    at_hand = ((need, _of_topic(services, need, text)) for need in [*paid_for, *memory.needs])
    found = next(((need, facts) for need, facts in at_hand if facts), None)
    if found:
        return found
    facts = costs(None, _without(text, topics["general"]))[:MOST_PRICES] if text else []
    needs = services.knowledge.guidance.needs_of(facts[0].id) if facts else ()
    return (str(needs[0]) if needs else None), facts


def _of_topic(services: Services, topic: str, text: str) -> list[Fact]:
    """Return the prices of a topic: those that the text singles out alone, else the first ones."""
    topics, costs = services.wording.cost_topics, services.knowledge.guidance.costs
    telling = _without(text, [*topics["general"], *topics["topics"][topic]["general"]])
    singled = {fact.id for fact in costs(None, telling)} if telling else set()
    facts = costs(Need(topic), telling)
    return ([fact for fact in facts if fact.id in singled] or facts)[:MOST_PRICES]


def _without(text: str, words: Sequence[str]) -> str:
    """Return the words of a text that may single out one price."""
    general = [stem for word in words for stem in stems(word)]
    return " ".join(word for word in stems(text) if not any(alike(word, each) for each in general))


def _which(services: Services, turn: Turn) -> BotMessage:
    """Return the question which price is meant, the likeliest topics first."""
    topics, costs = services.wording.cost_topics["topics"], services.knowledge.guidance.costs
    likely = [name.removeprefix(NEED_PREFIX) for name in turn.ranking if name.startswith(NEED_PREFIX)]
    known = (need for need in dict.fromkeys([*likely, *topics]) if costs(Need(need)))
    offered = list(islice(known, MOST_CHOICES))
    titles = [french(topics[need]["button"]) for need in offered]
    text = services.wording.render("costs_which.txt.j2", titles=titles)
    return BotMessage(text, buttons=list(map(as_button, titles)))


def _prices(
    services: Services, memory: Memory, topic: str | None, prices: Sequence[Fact], text: str
) -> BotMessage:
    """Return what was read, or that nothing was; then whom to ask."""
    wording = services.wording
    words = wording.cost_topics["topics"].get(topic, UNNAMED)
    contacts = find(services, memory, topic).contacts if topic else _general(services, memory)
    next_step = wording.render("costs_next.txt.j2", quotes=words["quotes"], contact=contacts[0])
    if not prices:
        return BotMessage(wording.render("costs_none.txt.j2", named=words["named"], next_step=next_step))
    near = says_any(text, words.get("unread", ()))
    lead = wording.render("costs_lead.txt.j2", named=words["named"], near=near)
    return guidance_message(services, INTENT, prices, lead=lead, next_step=next_step)


def _general(services: Services, memory: Memory) -> Sequence:
    return services.knowledge.general_contacts(services.place(memory.place))


def _schemes(services: Services, memory: Memory, topic: str, prices: Sequence[Fact]) -> Outcome:
    """Return the schemes that lower the price and what is left of it, or the question about the place."""
    if _place_helps(memory):
        return _ask_place(services, memory, topic)
    found = find(services, memory, topic)
    lowering = _lowering(found.funding[:PAGE])
    memory = _at_hand(memory, topic)
    if not lowering:
        none = BotMessage(response="utter_no_aid_for_price", buttons=[services.wording.need_button("grants")])
        return ([] if memory.abroad else [none]), memory
    shown = {"contacts": [0, 0], "funding": [0, len(lowering)]}
    page = Page(services, memory, topic, len(found.contacts), len(found.funding))
    said = page.messages([], [each.to_dict() for each in lowering], shown)
    kept = {topic: shown} | memory.shown
    buttons = [services.wording.button("more_results"), services.wording.button("correct")]
    said += left_to_pay(services, memory, topic, prices, lowering)
    return [*said[:-1], replace(said[-1], buttons=buttons)], replace(memory, shown=kept)


def _lowering(funding: Sequence[FundingMatch]) -> list[FundingMatch]:
    """Return the schemes that may still pay for this owner; those ended or ruled out stand last in the list."""
    return [each for each in funding if each.status != "ended" and each.eligible != "no"]


def _place_helps(memory: Memory) -> bool:
    """Tell whether to ask for the place: not in the middle of a form, nor of an owner who will not or cannot tell."""
    known = memory.place or memory.place_declined or memory.abroad
    return not known and not memory.form and memory.place_asked < MOST_QUESTIONS


def _ask_place(services: Services, memory: Memory, topic: str) -> Outcome:
    # For a price abroad this is the only question: no country changes what pays for it here.
    questions = MOST_QUESTIONS if Need(topic) in ABROAD else memory.place_asked + 1
    asked = replace(_at_hand(memory, topic), awaiting=AWAITING_PLACE, place_asked=questions)
    if memory.place_choices:
        return [which_place(services, memory)], asked
    return [ask_place(services, "utter_ask_place_for_aid")], asked


def _at_hand(memory: Memory, topic: str) -> Memory:
    """Return the memory with a need: that of the price where none was stated."""
    return memory if memory.need or memory.form else replace(memory, need=topic)
