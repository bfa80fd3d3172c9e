"""What the directory's pages show, asked of the knowledge base."""

from contextlib import suppress
from dataclasses import dataclass

from knowledge.codes import Need, SchemeStatus
from knowledge.directory import BodySheet, SchemeSheet, Survey
from knowledge.errors import StoreUnreachable
from knowledge.freshness.shapes import read_drawing
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.service import KnowledgeBase
from portal.directory.atlas import Atlas
from portal.directory.paging import Page, page_of
from portal.directory.search import Search, Searches
from portal.directory.words import Words


@dataclass(frozen=True)
class FoundSchemes:
    """Schemes on a page; `ended` counts those left out because they have ended, None where nobody counted."""

    page: Page[FundingMatch]
    ended: int | None


class DirectoryDesk:
    """Answers what the pages ask; every question raises `StoreUnreachable` where the store does not answer."""

    def __init__(self, knowledge: KnowledgeBase, searches: Searches, words: Words) -> None:
        self._knowledge, self.searches, self.words = knowledge, searches, words
        self._directory = knowledge.directory
        territories = words.territories
        populated = [place for place in territories.collectivities if place.population]
        self.drawing = read_drawing([*territories.departements, *populated])

    def bodies(self, search: Search) -> Page[ContactMatch]:
        """Return the bodies for a search, in the order the assistant names them."""
        if search.need is None:
            return page_of(self._directory.bodies(search.place), search.page)
        trade = search.trade
        found = self._knowledge.contacts(
            search.need.value,
            search.place,
            sector=trade and trade.division,
            trade=search.trade_words or None,
            craft=trade and trade.craft,
        )
        return page_of(found, search.page)

    def schemes(self, search: Search) -> FoundSchemes:
        """Return the schemes for a search, in the order the assistant names them; ended ones when asked for."""
        sector = search.trade and search.trade.division
        if search.need is None:
            found = self._directory.schemes(search.place, sector, search.ended)
            return FoundSchemes(page_of(found, search.page), None)
        ranked = list(self._knowledge.funding(search.need.value, search.place, sector=sector))
        ended = [each for each in ranked if each.status == SchemeStatus.ENDED.value]
        kept = ranked if search.ended else [each for each in ranked if each not in ended]
        return FoundSchemes(page_of(kept, search.page), len(ranked) - len(kept))

    def body(self, slug: str) -> BodySheet | None:
        """Return the body of that id; None where none of that id is shown."""
        return self._directory.body(slug)

    def scheme(self, slug: str) -> SchemeSheet | None:
        """Return the scheme of that id; None where there is none."""
        return self._directory.scheme(slug)

    def survey(self) -> Survey:
        """Return what is counted over all records."""
        return self._directory.survey()

    def prepare(self) -> None:
        """Count ahead what is counted over all records; where the store does not answer, the first visitor asks."""
        with suppress(StoreUnreachable):
            self.survey()

    def atlas(self, need: Need | None) -> Atlas:
        """Return the map for a need, or for all needs together."""
        survey = self.survey()
        return Atlas({shape.code: survey.near(need, shape.code) for shape in self.drawing.shapes})
