"""Which bodies a request may be for, by the rules that owners are answered by."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from conversations.request_views import Recipient, Request
from knowledge.errors import EmptyStore, StoreUnreachable, UnknownNeed
from knowledge.matches import ContactMatch
from knowledge.service import KnowledgeBase
from knowledge.territories import Place, Territories, UnknownTerritory

# Bodies that are looked at for one request, best first.
MOST = 10


class Meant(NamedTuple):
    """Where a request belongs, as far as it can be told."""

    body_id: str | None = None
    departement: str | None = None
    region: str | None = None


class Bodies(Protocol):
    """What the pages of requests ask of the knowledge base."""

    def meant(self, request: Request, served: frozenset[str]) -> Meant:
        """Return where a request belongs: the best body that somebody has an account for, else the best."""

    def near(self, request: Request) -> list[Recipient]:
        """Return the bodies for a request, best first."""

    def body(self, body_id: str) -> Recipient | None:
        """Return the body of an id; None where there is none."""


class MatchedBodies:
    """The bodies of the knowledge base; where that is empty or does not answer, none are known.

    `knowledge` opens it when it is first asked.
    """

    def __init__(self, knowledge: Callable[[], KnowledgeBase], territories: Territories) -> None:
        self._open = knowledge
        self._known: KnowledgeBase | None = None
        self._territories = territories

    def meant(self, request: Request, served: frozenset[str]) -> Meant:
        """Return where a request belongs."""
        place = self._place(request)
        found = [each.id for each in self._matches(request, place)]
        body = next((each for each in found if each in served), next(iter(found), None))
        return Meant(body, place and place.departement, place and place.region)

    def near(self, request: Request) -> list[Recipient]:
        """Return the bodies for a request, best first."""
        matches = self._matches(request, self._place(request))
        return [Recipient(each.id, each.name, each.email) for each in matches]

    def body(self, body_id: str) -> Recipient | None:
        """Return the body of an id."""
        try:
            sheet = self._knowledge().directory.body(body_id)
        except (EmptyStore, StoreUnreachable):
            return None
        return sheet and Recipient(body_id, sheet.contact.name, sheet.contact.email)

    def _matches(self, request: Request, place: Place | None) -> list[ContactMatch]:
        trade = request.trade or {}
        facts = {"sector": trade.get("division"), "trade": trade.get("trade"), "headcount": request.headcount}
        try:
            base = self._knowledge()
            try:
                return list(base.contacts(request.need or "", place, **facts)[:MOST])
            except UnknownNeed:
                return list(base.general_contacts(place)[:MOST])
        except (EmptyStore, StoreUnreachable):
            return []

    def _place(self, request: Request) -> Place | None:
        named = request.place or {}
        try:
            return self._territories.get(named.get("level"), named.get("code")) if named else None
        except UnknownTerritory:
            return None

    def _knowledge(self) -> KnowledgeBase:
        if self._known is None:
            self._known = self._open()
        return self._known
