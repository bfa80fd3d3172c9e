"""The knowledge base: who helps and what pays, for a need at a place."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Engine

from knowledge import funding, matching, scheme_lookup, store
from knowledge.catalogue import Catalogue
from knowledge.codes import Need
from knowledge.coverage import reach_of
from knowledge.directory import Directory
from knowledge.eligibility import judge_territory
from knowledge.errors import UnknownNeed
from knowledge.explaining import Explanation, explain
from knowledge.facts import Firm, trade_of
from knowledge.guidance import Guidance
from knowledge.guidance.markets import Market, market_of
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.presentation import ContactPresenter, FundingPresenter
from knowledge.ranked import Ranked
from knowledge.reading import Reader, reaching
from knowledge.scheme_ranking import Ranking
from knowledge.sentences import read_sentences
from knowledge.territories import Place, Territories


class KnowledgeBase:
    """What the store behind `engine` holds, as it is at each question; `today` says which day it is.

    `guidance` (costs, comparisons, duties, words…) is small: it is read when the base is opened. `directory` shows
    records one by one.

    Raises `EmptyStore` where nothing was ever loaded; this and every question `StoreUnreachable` where the store does
    not answer.
    """

    def __init__(self, engine: Engine, territories: Territories, today: Callable[[], date] = date.today):
        self._reader = Reader(engine)
        self._territories = territories
        self._today = today
        with reaching():
            self._reference, guidance = store.reference_of(engine), store.guidance_of(engine)
        labels = {sector.label: list(sector.naf) for sector in self._reference.sectors}
        self._catalogue = Catalogue(self._reader, labels)
        self._union = frozenset(self._reference.european_union)
        self._homes = self._reference.homes
        self._order = read_sentences("order")
        self.guidance = Guidance(guidance, read_sentences("guidance"))
        self._contacts = ContactPresenter(read_sentences("contacts"), territories)
        self._funding = FundingPresenter(read_sentences("funding"), territories, self._catalogue.title)
        self.directory = Directory(
            self._reader, self._catalogue, self._contacts, self._funding, territories, today
        )

    @property
    def content_hash(self) -> str:
        """Return the digest of the content in the store; it changes when the content does."""
        with reaching():
            return store.stored_hash(self._reader.engine) or ""

    @property
    def version(self) -> str:
        """Return what changes when the content does, or any record that is served."""
        with reaching():
            return "{} {}".format(*store.served_version(self._reader.engine))

    def close(self) -> None:
        """Close the connections to the store."""
        self._reader.engine.dispose()

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
    ) -> Ranked[ContactMatch]:
        """Return the bodies that answer `need` at `place`, best first; the caller shows the first three.

        Without a place (or for one abroad) only national bodies are known to fit. `sector` is a NAF
        division or section letter, `headcount` employees, `country` ISO 3166-1 alpha-2, `trade` the trade
        in words (« fleuriste »), `craft` whether it is one of craftsmen: the last two only decide between
        the chambers. Raises `UnknownNeed`.
        """
        firm = _firm(sector, headcount, country=country)
        return self._rank(_need(need), place, replace(firm, trade=trade, craft=craft))

    def in_union(self, country: str) -> bool:
        """Tell whether a country (ISO 3166-1 alpha-2) is a Member State of the European Union."""
        return country in self._union

    def market(self, countries: Iterable[str], place: Place | None) -> Market:
        """Return what decides which guidance holds: the countries and areas in question, and the firm's place."""
        home = self._homes.get(place.departement) if place else None
        return market_of(countries, self._union, home)

    def general_contacts(self, place: Place | None) -> Ranked[ContactMatch]:
        """Return whom to call when the need is not known, or when the service fails."""
        return self._rank(None, place, Firm())

    def why_contact(self, wanted: str, need: str, place: Place | None = None, **facts) -> Explanation | None:
        """Return where the body of the id `wanted` stands for a question and why; None where it is not shown.

        `facts` are those of `contacts`.
        """
        coded = {name: facts.pop(name, None) for name in ("sector", "headcount", "country")}
        question = self._question(_need(need), place, replace(_firm(**coded), **facts))
        candidates = self._found(question).first()
        bodies = self._catalogue.advisors.take([found.key for found in candidates])
        return explain(candidates, wanted, {body.id: body.name for body in bodies}, self._order)

    def _question(self, need: Need | None, place: Place | None, firm: Firm) -> matching.Question:
        trade = trade_of(firm, self._reference)
        return matching.Question(need, reach_of(place, self._territories), firm, trade, self._union)

    def _rank(self, need: Need | None, place: Place | None, firm: Firm) -> Ranked[ContactMatch]:
        question = self._question(need, place, firm)
        found = self._found(question)

        def make(start: int, end: int) -> list[ContactMatch]:
            advisors = self._catalogue.advisors.take(_keys(found, start, end))
            if len(advisors) < min(end, len(found)) - start:  # one was replaced since: ask anew
                advisors = self._catalogue.advisors.take(_keys(self._found(question), start, end))
            return [self._contacts.present(advisor, need, question.trade) for advisor in advisors]

        return Ranked(len(found), make)

    def _found(self, question: matching.Question) -> matching.Arrangement:
        return self._reader.read(lambda connection: matching.find(connection, question))

    def _ranking(self, question: funding.Question) -> Ranking:
        spotted = self._reader.read(lambda connection: scheme_lookup.find(connection, question))
        return Ranking(spotted, self._catalogue.schemes.take, question)

    def funding(
        self,
        need: str,
        place: Place | None = None,
        *,
        sector: str | None = None,
        headcount: int | None = None,
        amount: int | None = None,
        turnover: int | None = None,
        balance_sheet: int | None = None,
        age_years: float | None = None,
        legal_form: str | None = None,
    ) -> Ranked[FundingMatch]:
        """Return the schemes that may pay for `need` at `place`, best first, those that have ended last.

        `grants` and `loans` give the schemes of that kind whatever they pay for. `amount` is the project's
        cost or the loan wanted, `turnover` that of a year and `balance_sheet` its total, all in euros;
        `age_years` is the firm's, `legal_form` a form in words or as a code. Raises `UnknownNeed`.
        """
        known = {"turnover": turnover, "balance_sheet": balance_sheet, "age_years": age_years}
        firm = replace(_firm(sector, headcount, amount=amount), legal_form=legal_form, **known)
        code = _need(need)
        question = funding.Question(code, reach_of(place, self._territories), self._today(), firm)
        found = self._ranking(question)

        def make(start: int, end: int) -> list[FundingMatch]:
            schemes = found.first(end)[start:]
            if len(schemes) < min(end, len(found)) - start:  # one was replaced since: ask anew
                schemes = self._ranking(question).first(end)[start:]
            return [self._funding.present(scheme, firm) for scheme in schemes]

        return Ranked(len(found), make)

    def named_schemes(
        self,
        text: str,
        place: Place | None = None,
        *,
        sector: str | None = None,
        headcount: int | None = None,
        amount: int | None = None,
        turnover: int | None = None,
        age_years: float | None = None,
        legal_form: str | None = None,
    ) -> list[FundingMatch]:
        """Return the schemes that `text` names, each followed by the one that took its place, wherever they hold.

        The facts are those of `funding`; a name that several schemes share is that of the place.
        """
        known = {"turnover": turnover, "age_years": age_years, "legal_form": legal_form}
        reach, firm = (
            reach_of(place, self._territories),
            replace(_firm(sector, headcount, amount=amount), **known),
        )
        keys = self._catalogue.names().find(text, reach) if text else []
        found = []
        for candidate in self._catalogue.schemes.take(keys):
            question = funding.Question(candidate.scheme.needs[0], reach, self._today(), firm)
            territory = judge_territory(candidate.scheme, reach, self._territories)
            found.append(funding.judge_named(candidate, question, territory))
        return [self._funding.present(each, firm) for each in found]


def _keys(found: matching.Arrangement, start: int, end: int) -> list[int]:
    return [candidate.key for candidate in found.first(end)[start:]]


def _need(code: str) -> Need:
    try:
        return Need(code)
    except ValueError:
        raise UnknownNeed(code) from None


def _firm(
    sector: str | None, headcount: int | None, country: str | None = None, amount: int | None = None
) -> Firm:
    """Return the facts as the matching wants them: an empty text, and what can be no code of a country, is a
    fact that is not known.
    """
    coded = country is not None and len(country) == 2 and country.isascii() and country.isalpha()
    return Firm(
        sector=sector.upper() if sector else None,
        headcount=headcount,
        country=country.upper() if coded else None,
        amount=amount,
    )
