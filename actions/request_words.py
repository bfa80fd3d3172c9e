"""The words of a request for advice that are made from what is known: its summary, and what is agreed to."""

from __future__ import annotations

from babel import Locale

from actions.direct_contact import contacts_for
from actions.form import Answers
from actions.memory import Memory
from actions.request_answers import usable
from actions.services import Services
from conversations.handover import RECIPIENT, location_of
from conversations.letters import dialled
from conversations.request_views import Recipient
from knowledge.rules.legal_forms import legal_forms
from knowledge.typography import number

ADVISORS = "advisors"
LONGEST_QUOTE = 300


def needs_of(memory: Memory, answers: Answers) -> list[str]:
    """Return the needs that the request is about, most important first."""
    first = answers.get("need")
    return [first, *(each for each in memory.needs if each != first)] if first else memory.needs


def summary_text(services: Services, memory: Memory, answers: Answers) -> str:
    """Return what is known in short lines; empty where nothing is."""
    place, sector = services.place(memory.place), memory.sector or {}
    form = memory.told.get("legal_form")
    return services.wording.render(
        "request_summary.txt.j2",
        named=needs_of(memory, answers),
        said=" ".join((memory.question or "").split())[:LONGEST_QUOTE],
        place=place and place.name,
        trade=sector.get("trade"),
        headcount=memory.company_size,
        form=legal_forms().word(form) if form else None,
        age=memory.told.get("age_years"),
        turnover=memory.told.get("turnover"),
        country=Locale("fr").territories.get(memory.country) if memory.country else None,
        amount=number(memory.amount) if memory.amount else None,
    )


def recipient_of(services: Services, memory: Memory, answers: Answers) -> Recipient:
    """Return who receives the request: the State's service where it takes it, else the first body where it can be
    written to, else the network's advisors.

    Where no e-mail is sent at all, only the advisors can read it.
    """
    needs = needs_of(memory, answers)
    if _handed_over(services, memory, answers):
        return Recipient(RECIPIENT, services.wording.requests["conseillers"])
    found = contacts_for(services, memory, needs[0] if needs else None)[:1]
    if services.mailer.enabled and found and found[0].email:
        return Recipient(found[0].id, found[0].name, found[0].email)
    return Recipient(ADVISORS, services.wording.requests["advisors"], services.mailer.advisors)


def _handed_over(services: Services, memory: Memory, answers: Answers) -> bool:
    handover = services.requests and services.requests.handover
    need = next(iter(needs_of(memory, answers)), None)
    name, contact = answers.get("name"), contact_of(memory, answers)
    return bool(handover and handover.takes(need, name, contact, place_of(services, memory)))


def place_of(services: Services, memory: Memory) -> dict[str, str] | None:
    """Return the place as a request keeps it."""
    place = services.place(memory.place)
    return {"level": place.level, "code": place.code, "name": place.name} if place else None


def consent_text(services: Services, memory: Memory, answers: Answers) -> str:
    """Return everything that would be passed on, and to whom; these words are kept with the request."""
    contact = contact_of(memory, answers)
    phone, recipient = contact.get("phone"), recipient_of(services, memory, answers)
    return services.wording.render(
        "request_consent.txt.j2",
        recipient=recipient.name,
        location=location_of(place_of(services, memory)) if recipient.id == RECIPIENT else None,
        name=answers.get("name"),
        phone=phone and dialled(phone),
        email=contact.get("email"),
        moment=answers.get("moment"),
        summary=summary_of(answers),
        shares=shares_conversation(recipient),
    )


def shares_conversation(recipient: Recipient) -> bool:
    """Tell whether what is agreed to lets an advisor read the conversation; another service's advisors cannot."""
    return recipient.id != RECIPIENT


def contact_of(memory: Memory, answers: Answers) -> dict[str, str]:
    """Return how to reach the owner: what was told last."""
    return (answers.get("reach") or {}) | usable(memory.contact)


def summary_of(answers: Answers) -> str:
    """Return the summary agreed to; without one the advisor learns the rest from the owner."""
    return (answers.get("summary") or {}).get("text", "")
