"""Duties that come with a need, worked out for this owner and this day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from actions.abroad import market_abroad
from actions.cues import holds
from actions.form import says_any
from actions.guidance import guidance_message, under_title
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.services import Services
from knowledge.codes import ABROAD, Need
from knowledge.facts import Firm
from knowledge.guidance import Fact, Obligation
from knowledge.guidance.markets import ANYWHERE, Market

MOST = 3
# Beside contacts nobody asked for rules: only the first ones.
MOST_UNASKED = 2
# Facts that an owner can tell and that the conversation keeps.
TOLD = ("headcount",)


def asks_for_duties(services: Services, text: str | None) -> bool:
    """Tell whether a message asks if something is compulsory, and since when."""
    return bool(text) and says_any(text, services.wording.duties["asked"])


def duties_message(
    services: Services, memory: Memory, need: str, text: str = "", asked: bool = False
) -> BotMessage | None:
    """Return the first duties of `need` for this owner, those that `text` names leading; None where there are none.

    More of them where they are `asked` for, or `text` asks.
    """
    if need not in services.wording.duties["needs"]:
        return None
    asked = asked or asks_for_duties(services, text)
    guidance, market = services.knowledge.guidance, _market(services, memory, need)
    found = _duties(services, memory, need, text)
    advice = guidance.payment_of(services.wording.duties["advice"].get(need, ()), market)
    shown = [*map(partial(under_title, services), advice), *(_fact(services, duty) for duty in found)]
    shown = shown[: MOST if asked else MOST_UNASKED]
    return _message(services, memory, need, shown, asked) if shown else None


def is_urgent(services: Services, need: str | None, text: str | None) -> bool:
    """Tell whether a message says that something is happening which will not wait: an attack."""
    words = services.wording.duties
    if holds(text, words["urgent"].get(need, ())):
        return True
    return holds(text, words["threatens"].get(need, ())) and not holds(text, words["prevention"])


def duties_named(
    services: Services, memory: Memory, text: str, beside: Sequence[str] = ()
) -> BotMessage | None:
    """Return the rules that a text names (« porter plainte ? ») of the needs at hand, else of those `beside` them; None
    where it names none.
    """
    named = services.knowledge.guidance.rules_named(text)
    for need in [*memory.needs, *beside]:
        found = [duty for duty in _duties(services, memory, need, text) if duty.id in named]
        if found and need in services.wording.duties["needs"]:
            shown = [_fact(services, duty) for duty in found[:MOST]]
            return _message(services, memory, need, shown, asked=False)
    return None


def duties_asked(services: Services, memory: Memory) -> Outcome:
    """Return the duties of the first need where its question asks for them or will not wait, and the memory of having
    said them.
    """
    if not memory.need or not _come_first(services, memory):
        return [], memory
    return _not_yet_said(services, memory, memory.need)


def with_duties(services: Services, memory: Memory, need: str, messages: list[BotMessage]) -> Outcome:
    """Return an answer with its duties: first where the owner asked for them, else behind the contacts; once for
    each firm.
    """
    duties, memory = _not_yet_said(services, memory, need)
    at = 0 if _come_first(services, memory) else 1
    return [*messages[:at], *duties, *messages[at:]], memory


def _come_first(services: Services, memory: Memory) -> bool:
    return asks_for_duties(services, memory.question) or is_urgent(services, memory.need, memory.question)


def _duties(services: Services, memory: Memory, need: str, text: str) -> list[Obligation]:
    """Return the rules of a need for this owner and this day, those that `text` names leading."""
    sector = memory.sector or {}
    firm = Firm(
        sector=sector.get("division"),
        headcount=memory.company_size,
        country=memory.country,
        turnover=memory.told.get("turnover"),
    )
    market = _market(services, memory, need)
    guidance = services.knowledge.guidance
    found = guidance.obligations(Need(need), firm, services.today(), text=text, market=market)
    if not sells_services(services, memory):
        return found
    return [duty for duty in found if duty.id not in services.wording.duties["goods"]]


def sells_services(services: Services, memory: Memory) -> bool:
    """Tell whether the question speaks of services that are sold and of no goods; where it says neither, whether the
    trade sells services alone.
    """
    words, said = services.wording.duties, memory.question
    if holds(said, words["sells_goods"]):
        return False
    return holds(said, words["sells_services"]) or (memory.sector or {}).get("division") in words["services"]


def _not_yet_said(services: Services, memory: Memory, need: str) -> Outcome:
    message = duties_message(services, memory, need, memory.question or "")
    if message is None or memory.duties.get(need) == message.text:
        return [], memory
    return [message], replace(memory, duties=memory.duties | {need: message.text})


def _message(services: Services, memory: Memory, need: str, duties: list[Fact], asked: bool) -> BotMessage:
    wording = services.wording
    missing = dict.fromkeys(fact for duty in duties for fact in getattr(duty, "missing", ()) if fact in TOLD)
    lead = wording.render(
        "duties_lead.txt.j2",
        need=need,
        asked=asked,
        urgent=is_urgent(services, need, memory.question),
        headcount=_headcount(services, memory),
    )
    next_step = wording.render("duties_next.txt.j2", missing=list(missing))
    return guidance_message(services, need, duties, lead=lead, next_step=next_step)


def _market(services: Services, memory: Memory, need: str) -> Market:
    """Return the countries that decide which rules hold; a need at home has none."""
    return market_abroad(services, memory) if need in ABROAD else ANYWHERE


def _fact(services: Services, duty: Obligation) -> Fact:
    """Return the duty in words; as a fact of the contract it also has its subject, state and date."""
    return replace(duty, text=services.wording.render("duty.txt.j2", duty=duty))


def _headcount(services: Services, memory: Memory) -> str | None:
    number, words = memory.company_size, services.wording.duties["headcount"]
    return None if number is None else words.get(number, words["more"]).format(number=number)
