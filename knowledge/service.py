"""The knowledge base: who helps and what pays, for a need at a place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge import funding, matching
from knowledge.codes import Need
from knowledge.coverage import reach_of, seat_at
from knowledge.errors import UnknownNeed
from knowledge.facts import Firm, trade_of
from knowledge.loader import Content
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.presentation import ContactPresenter, FundingPresenter
from knowledge.sentences import read_sentences
from knowledge.territories import Place, Territories


class KnowledgeBase:
    """Everything that was loaded, in memory and never changed; `today` says which day it is."""

    def __init__(self, content: Content, territories: Territories, today: Callable[[], date] = date.today):
        self._content = content
        self._territories = territories
        self._today = today
        self._seats = {
            advisor.seat: seat_at(advisor.seat, territories)
            for advisor in content.advisors.values()
            if advisor.seat
        }
        self._labels = {sector.label: list(sector.naf) for sector in content.reference.sectors}
        self._union = frozenset(content.reference.european_union)
        self._contacts = ContactPresenter(read_sentences("contacts"), territories)
        titles = {scheme.id: scheme.titre for scheme in content.schemes.values()}
        self._funding = FundingPresenter(read_sentences("funding"), territories, titles)

    @property
    def content_hash(self) -> str:
        """Return the digest of the content in memory; it changes when the content does."""
        return self._content.content_hash

    def contacts(
        self,
        need: str,
        place: Place | None = None,
        *,
        sector: str | None = None,
        headcount: int | None = None,
        country: str | None = None,
        trade: str | None = None,
        craft: bool | None = None,
    ) -> list[ContactMatch]:
        """Return every body that answers `need` at `place`, best first; the caller shows the first three.

        Without a place (or for one abroad) only national bodies are known to fit. `sector` is a NAF
        division or section letter, `headcount` employees, `country` ISO 3166-1 alpha-2, `trade` the trade
        in words (« fleuriste »), `craft` whether it is one of craftsmen: the last two only decide between
        the chambers. Raises `UnknownNeed`.
        """
        firm = _firm(sector, headcount, country=country)
        return self._rank(_need(need), place, replace(firm, trade=trade, craft=craft))

    def general_contacts(self, place: Place | None) -> list[ContactMatch]:
        """Return whom to call when the need is not known, or when the service fails."""
        return self._rank(None, place, Firm())

    def _rank(self, need: Need | None, place: Place | None, firm: Firm) -> list[ContactMatch]:
        trade = trade_of(firm, self._content.reference)
        reach = reach_of(place, self._territories)
        question = matching.Question(need=need, reach=reach, firm=firm, trade=trade, union=self._union)
        ranked = matching.rank(self._content.advisors.values(), question, self._seats)
        shown = [self._contacts.present(advisor, need, trade) for advisor in ranked]
        # A body that nobody can reach is no contact: it stays in the content until somebody finds its number or site.
        return [contact for contact in shown if contact.phone or contact.email or contact.url]

    def funding(
        self,
        need: str,
        place: Place | None = None,
        *,
        sector: str | None = None,
        headcount: int | None = None,
        amount: int | None = None,
    ) -> list[FundingMatch]:
        """Return every scheme that may pay for `need` at `place`, best first, those that have ended last.

        `grants` and `loans` give the schemes of that kind whatever they pay for. An EPCI's scheme needs a
        commune. `amount` is the project's cost or the loan wanted, in euros. Raises `UnknownNeed`.
        """
        firm = _firm(sector, headcount, amount=amount)
        reach = reach_of(place, self._territories)
        schemes = self._content.schemes.values()
        found = funding.find(schemes, _need(need), reach, firm, self._labels, self._today())
        return [self._funding.present(item, firm) for item in found]


def _need(code: str) -> Need:
    try:
        return Need(code)
    except ValueError:
        raise UnknownNeed(code) from None


def _firm(
    sector: str | None, headcount: int | None, country: str | None = None, amount: int | None = None
) -> Firm:
    """Return the facts as the matching wants them: an empty text is a fact that is not known."""
    return Firm(
        sector=sector.upper() if sector else None,
        headcount=headcount,
        country=country.upper() if country else None,
        amount=amount,
    )
