"""From what is known to the answer: contacts, schemes where money matters, the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.abroad import contact_country
from actions.advice import DIAGNOSIS, next_need
from actions.cues import holds
from actions.europe import europe_first, europe_is_meant
from actions.memory import Memory, Shown
from actions.messages import BotMessage
from actions.money import aid_facts, firm_facts, named_first, named_schemes, project_first, wanted
from actions.obligations import with_duties
from actions.page import Page
from actions.services import Services
from actions.shared_cdo_facts import with_explanation
from knowledge.errors import EmptyStore
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.territories import Place

PAGE = 3


@dataclass(frozen=True)
class Found:
    """Everything the knowledge base has for a need, ranked; items are made when they are looked at. `named` are the
    schemes that the question names: they are the first of `funding`.
    """

    contacts: Sequence[ContactMatch]
    funding: Sequence[FundingMatch]
    named: Sequence[FundingMatch] = ()


def find(services: Services, memory: Memory, need: str) -> Found:
    """Ask the knowledge base for `need` with all that is known about the firm; whom to call is never empty."""
    place = services.place(memory.place)
    sector = memory.sector or {}
    trade = {"trade": sector.get("trade"), "craft": sector.get("craft")}
    contacts = services.knowledge.contacts(
        need, place, country=contact_country(services, memory), **firm_facts(memory), **trade
    )
    funding = [] if memory.abroad else services.knowledge.funding(need, place, **aid_facts(memory))
    if europe_is_meant(services, memory, need):
        funding = europe_first(services, funding)
    else:
        funding = project_first(services, memory, need, funding)
    funding = wanted(memory, funding)
    named = [] if memory.abroad or need != memory.need else named_schemes(services, memory, memory.question)
    contacts = _led(services, memory, need, contacts or services.knowledge.general_contacts(place))
    if not contacts:
        raise EmptyStore(need)
    return Found(contacts, named_first(named, funding), named)


def _led(
    services: Services, memory: Memory, need: str, contacts: Sequence[ContactMatch]
) -> Sequence[ContactMatch]:
    """Return the contacts, first the body for what the question says (« ma banque me refuse un prêt »)."""
    said = [
        each["body"]
        for each in services.wording.leading.get(need, [])
        if holds(memory.question, each["words"])
    ]
    return sorted(contacts, key=lambda contact: contact.id not in said) if said else contacts


def answer(services: Services, memory: Memory) -> tuple[list[BotMessage], Memory]:
    """Return the first page for each need at hand, in order, and the memory of what was shown."""
    return next_pages(services, replace(memory, shown={}, awaiting=None))


def next_pages(services: Services, memory: Memory) -> tuple[list[BotMessage], Memory]:
    """Return the next page for each need at hand; no message where everything was shown."""
    messages: list[BotMessage] = []
    left = False
    for need in memory.needs:
        found = find(services, memory, need)
        after = _next_page(memory.shown.get(need, {}), found)
        page = Page(services, memory, need, len(found.contacts), len(found.funding), named=found.named)
        said = page.messages(
            _cut(found.contacts, after["contacts"]), _cut(found.funding, after["funding"]), after
        )
        if found.named and after["funding"][0] == 0:
            said = said[::-1]
        if after["contacts"][0] == 0:
            said, memory = with_explanation(services, memory, need, said)
            said, memory = with_duties(services, memory, need, said)
        messages += said
        memory = replace(memory, shown=memory.shown | {need: after})
        left = left or after["contacts"][1] < len(found.contacts) or after["funding"][1] < len(found.funding)
    return _with_buttons(services, memory, messages, left), memory


def same_contacts(services: Services, memory: Memory, need: str) -> tuple[list[BotMessage], Memory]:
    """Return the contacts shown last for `need`, or the first ones; schemes stay where they are."""
    found = find(services, memory, need)
    shown = memory.shown.get(need) or {"contacts": [0, PAGE], "funding": [0, 0]}
    items = _cut(found.contacts, shown["contacts"])
    page = Page(services, memory, need, len(found.contacts), len(found.funding))
    messages = page.messages(items, [], shown)
    return _with_buttons(services, memory, messages, True), replace(
        memory, shown=memory.shown | {need: shown}
    )


def place_in_words(services: Services, memory: Memory) -> str | None:
    """Return the place with its preposition: « à Quimper »."""
    place: Place | None = services.place(memory.place)
    return services.territories.in_words(place) if place else None


def _next_page(shown: Shown, found: Found) -> Shown:
    """Return from where to where the next page goes, in both lists."""
    ends = {kind: shown.get(kind, [0, 0])[1] for kind in ("contacts", "funding")}
    totals = {"contacts": len(found.contacts), "funding": len(found.funding)}
    return {kind: [end, min(end + PAGE, totals[kind])] for kind, end in ends.items()}


def _cut(items: Sequence[ContactMatch | FundingMatch], span: list[int]) -> list[dict[str, Any]]:
    """Return the items of a page, as the contract has them."""
    return [each.to_dict() for each in items[span[0] : span[1]]]


def _with_buttons(
    services: Services, memory: Memory, messages: list[BotMessage], left: bool
) -> list[BotMessage]:
    """Put what an owner may do next behind the last message: what belongs to the needs at hand, then the usual."""
    acts = (["more_results"] if left else []) + ["ask_why", "correct"]
    special = [button for need in memory.needs for button in services.wording.buttons_after(need)]
    # The owner has been through the diagnosis and looks at one need of its result: the next one is offered.
    following = next_need(
        services.wording.advice.diagnosis, memory.results.get(DIAGNOSIS) or {}, memory.needs
    )
    special += [services.wording.need_button(following)] if following else []
    buttons = special + [services.wording.button(act) for act in acts]
    return [*messages[:-1], replace(messages[-1], buttons=buttons)] if messages else []
