"""One page of an answer for one need, as messages: text for every channel, the same facts for cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.abroad import named
from actions.europe import europe_is_meant, is_european, outside_union
from actions.memory import Memory, Shown
from actions.messages import BotMessage
from actions.services import Services
from knowledge.codes import ABROAD
from knowledge.matches import FundingMatch

MONEY = {"grants", "loans"}
Items = list[dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Builds the messages for `need`; the totals say whether more is left behind them, `amounts` that the owner
    asks how much there is, `named` are the schemes that they ask for by name.
    """

    services: Services
    memory: Memory
    need: str
    contacts_total: int
    funding_total: int
    amounts: bool = False
    named: Sequence[FundingMatch] = ()

    def messages(
        self, contacts: Items, funding: Items, shown: Shown, kind: str | None = None
    ) -> list[BotMessage]:
        """Return a message for each list that holds something; `kind` is `nearer` where nearer contacts were asked for,
        `beside` where some of those were shown before.
        """
        said = [self._contacts(contacts, *shown["contacts"], kind)] if contacts else []
        return said + ([self._funding(funding, *shown["funding"])] if funding else [])

    def _contacts(self, items: Items, start: int, end: int, kind: str | None) -> BotMessage:
        wording = self.services.wording
        kind = kind or ("more" if start > 0 else "first")
        lead = wording.render("lead.txt.j2", need=self.need, kind=kind, **self._subject())
        next_step = wording.render("next_step.txt.j2", items=items)
        text = wording.render("contacts.txt.j2", lead=lead, items=items, start=start, next_step=next_step)
        custom = self._custom("contacts", items, lead, end < self.contacts_total)
        return BotMessage(text, custom=custom | {"next_step": next_step})

    def _funding(self, items: Items, start: int, end: int) -> BotMessage:
        wording = self.services.wording
        lead = wording.render(
            "funding_lead.txt.j2",
            more=start > 0,
            money_is_the_need=self.need in MONEY,
            place=self._subject()["place"],
            european=europe_is_meant(self.services, self.memory, self.need),
            amounts=self.amounts,
            named=self.named[0].title if self.named and start == 0 else None,
            others=len(items) > len(self.named),
            outside=outside_union(self.services, self.memory),
            found=any(is_european(self.services, each) for each in items),
        )
        combined = _said_by_all(items)
        text = wording.render(
            "funding.txt.j2",
            lead=lead,
            items=items,
            start=start,
            combined=combined,
            ask_amount=self._depends_on_amount(items),
        )
        return BotMessage(text, custom=self._custom("funding", items, lead, end < self.funding_total))

    def _depends_on_amount(self, items: Items) -> bool:
        """Tell whether the project's amount, which nobody has told, would give a sum."""
        shares = (each["estimate"] and "%" in each["estimate"]["formula"] for each in items)
        return self.need in MONEY and self.memory.cost is None and any(shares)

    def _custom(self, kind: str, items: Items, lead: str, more: bool) -> dict[str, Any]:
        place = self.services.place(self.memory.place)
        territory = {"level": place.level, "code": place.code, "name": place.name} if place else None
        return {
            "type": kind,
            "lead": lead,
            "need": self.need,
            "territory": territory,
            "items": items,
            "more": more,
        }

    def _subject(self) -> dict[str, Any]:
        place = self.services.place(self.memory.place)
        return {
            "stated": self.need in self.memory.needs,
            "abroad": self.memory.abroad,
            "place": self.services.territories.in_words(place) if place else None,
            "markets": named(self.services, self.memory),
            "turns_on_country": self.need in ABROAD,
        }


def _said_by_all(items: Items) -> str:
    """Return what all schemes say of other aid, where they say the same: it is said once."""
    said = {" ".join(each["combinations"]) for each in items if each["status"] != "ended"}
    return said.pop() if len(said) == 1 else ""
