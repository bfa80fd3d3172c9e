"""The directory: one record by its id, lists of a place, and what is counted over all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge import store
from knowledge.catalogue import Catalogue
from knowledge.coverage import Reach, reach_of
from knowledge.dates import as_number
from knowledge.directory import lists
from knowledge.directory.kept import Kept
from knowledge.directory.making import Maker
from knowledge.directory.sheets import BodySheet, SchemeSheet
from knowledge.directory.survey import Survey, take
from knowledge.facts import Firm
from knowledge.freshness.ground import Ground
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.presentation import ContactPresenter, FundingPresenter
from knowledge.ranked import Ranked
from knowledge.reading import Reader, reaching
from knowledge.schema import Advisor
from knowledge.territories import Place, Territories
from knowledge.typography import french


class Directory:
    """What the store behind `reader` holds; every question raises `StoreUnreachable` where it does not answer."""

    def __init__(
        self,
        reader: Reader,
        catalogue: Catalogue,
        contacts: ContactPresenter,
        funding: FundingPresenter,
        territories: Territories,
        today: Callable[[], date],
    ):
        self._reader, self._catalogue, self._territories = reader, catalogue, territories
        self._contacts, self._funding, self._today = contacts, funding, today
        self._maker = Maker(territories, contacts, funding, catalogue.title, today)
        self._survey = Kept(self.version, self._surveyed)

    def version(self) -> tuple:
        """Return what changes when a record or the day does."""
        with reaching():
            return (*store.served_version(self._reader.engine), self._today())

    def body(self, slug: str) -> BodySheet | None:
        """Return the body of that id; None where none of that id is shown."""
        key = self._reader.read(lambda connection: lists.body_key(connection, slug))
        found = [] if key is None else self._catalogue.advisors.take([key])
        return self._maker.body(found[0], self.survey().named_by.get(slug, ())) if found else None

    def scheme(self, slug: str) -> SchemeSheet | None:
        """Return the scheme of that id; None where there is none."""
        key = self._reader.read(lambda connection: lists.scheme_key(connection, slug))
        found = [] if key is None else self._catalogue.schemes.take([key])
        if not found:
            return None
        keys = self._reader.read(lambda connection: lists.body_keys(connection, found[0].scheme.contacts))
        return self._maker.scheme(found[0], self._catalogue.advisors.take(keys))

    def bodies(self, place: Place | None) -> Ranked[ContactMatch]:
        """Return the bodies of a place whatever they do, the nearest first; all of them without a place."""
        keys = self._reader.read(lambda connection: lists.bodies(connection, self._reach(place)))
        return Ranked(
            len(keys),
            lambda start, end: [
                self._presented(each) for each in self._catalogue.advisors.take(keys[start:end])
            ],
        )

    def schemes(
        self, place: Place | None, sector: str | None = None, ended: bool = False
    ) -> Ranked[FundingMatch]:
        """Return the schemes of a place whatever they pay for, the nearest payer first; `ended` gives those that have
        ended too, last. `sector` is a NAF division or section letter.
        """
        today, firm = as_number(self._today()), Firm(sector=sector)
        reach = self._reach(place)
        keys = self._reader.read(lambda connection: lists.schemes(connection, reach, today, ended))

        def make(start: int, end: int) -> list[FundingMatch]:
            taken = self._catalogue.schemes.take(keys[start:end])
            judged = [self._maker.judged(each, place, firm) for each in taken]
            return [self._funding.present(found, firm) for found in judged]

        return Ranked(len(keys), make)

    def survey(self) -> Survey:
        """Return what is counted over all records; made anew when a record or the day changes."""
        return self._survey.get()

    def _surveyed(self) -> Survey:
        engine = self._reader.engine
        with reaching():
            return take(
                store.stream_advisors(engine),
                store.stream_schemes(engine),
                Ground(self._territories),
                self._today(),
            )

    def _presented(self, advisor: Advisor) -> ContactMatch:
        """Return the item for a body that nobody asked for by a need: it says itself what it does."""
        return replace(self._contacts.present(advisor, None), why=french(advisor.services))

    def _reach(self, place: Place | None) -> Reach | None:
        return None if place is None else reach_of(place, self._territories)
