"""Makes the pages' sheets from records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from babel import Locale

from knowledge import funding
from knowledge.codes import ABROAD, Confidence, SchemeStatus
from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, reach_of, split_zone
from knowledge.directory.sheets import Area, BodySheet, Law, Named, SchemeSheet
from knowledge.facts import Firm
from knowledge.freshness.coverage import area_of
from knowledge.matches import Estimate
from knowledge.presentation import ContactPresenter, FundingPresenter
from knowledge.schema import Advisor, Scheme
from knowledge.schema.base import Sourced
from knowledge.territories import Place, Territories
from knowledge.typography import french

# Sums an estimate is shown for: what small projects cost, in euros.
EXAMPLES = (2_000, 5_000, 15_000)
_NAMES = Locale("fr")


@dataclass(frozen=True)
class Maker:
    """Makes sheets; `title_of` finds the title of a scheme by its id."""

    territories: Territories
    contacts: ContactPresenter
    funding: FundingPresenter
    title_of: Callable[[str], str]
    today: Callable[[], date]

    def body(self, advisor: Advisor, schemes: Iterable[str]) -> BodySheet:
        """Return the sheet of a body; `schemes` are the ids of those that name it."""
        return BodySheet(
            contact=self.contacts.present(advisor, None),
            services=french(advisor.services),
            audience=french(advisor.audience),
            needs=tuple(need.value for need in advisor.needs),
            first_for=tuple(need.value for need in advisor.first_for),
            area=self._area(area_of(advisor), advisor.area_exclusions),
            headcount=(advisor.headcount_min, advisor.headcount_max),
            countries=tuple(_NAMES.territories.get(code, code) for code in advisor.countries),
            languages=tuple(_NAMES.languages.get(code, code) for code in advisor.languages),
            siret=advisor.siret,
            schemes=tuple(self._named(scheme) for scheme in schemes),
            credit=_credit(advisor),
        )

    def scheme(self, candidate: funding.Candidate, bodies: Iterable[Advisor]) -> SchemeSheet:
        """Return the sheet of a scheme; `bodies` are those to ask about it."""
        scheme, found = candidate.scheme, self.judged(candidate, None, Firm())
        ended = found.status is SchemeStatus.ENDED
        return SchemeSheet(
            funding=self.funding.present(found, Firm()),
            description=french(scheme.description),
            needs=tuple(need.value for need in scheme.needs),
            level=scheme.level.value,
            bearers=tuple((each.nom, tuple(role.value for role in each.roles)) for each in scheme.porteurs),
            programmes=tuple(scheme.programmes_parents),
            area=self._area(scheme.eligibilite_geographique, scheme.eligibilite_geographique_exclusions),
            conditions=() if ended else tuple(text.rstrip(".") for text in self.funding.conditions(found)),
            estimates=() if ended else tuple(self._examples(scheme)),
            formula=scheme.amounts.formula and french(scheme.amounts.formula),
            steps=() if ended else tuple(map(french, scheme.how_to_apply)),
            laws=tuple(Law(french(law.libelle), law.lien) for law in scheme.base_juridique),
            bodies=tuple(Named(body.id, body.name) for body in bodies),
            opening_date=scheme.date_ouverture,
            compared_on=scheme.date_mise_a_jour,
            verified=scheme.confidence is Confidence.OFFICIAL,
            replaced_by=scheme.replaced_by and self._named(scheme.replaced_by),
            variant_of=scheme.variant_of and self._named(scheme.variant_of),
            credit=_credit(scheme),
        )

    def judged(self, candidate: funding.Candidate, place: Place | None, firm: Firm) -> funding.Found:
        """Return a scheme judged for its own first need, at this place, else where it holds first."""
        scheme = candidate.scheme
        where = place or self._first_place(scheme)
        question = funding.Question(scheme.needs[0], reach_of(where, self.territories), self.today(), firm)
        return funding.judge(candidate, question)

    def _first_place(self, scheme: Scheme) -> Place | None:
        return next((self._place(zone) for zone in scheme.eligibilite_geographique if "-" in zone), None)

    def _place(self, zone: str) -> Place | None:
        kind, code = split_zone(zone)
        return self.territories.get(LEVEL_OF_ZONE[kind], code) if kind in LEVEL_OF_ZONE else None

    def _area(self, zones: Iterable[str], exclusions: Iterable[str]) -> Area:
        zones = list(zones)
        inside = [place for place in map(self._place, zones) if place]
        outside = [place for place in map(self._place, exclusions) if place]
        return Area(tuple(inside), COUNTRY in zones, UNION in zones, tuple(outside))

    def _examples(self, scheme: Scheme) -> Iterable[tuple[int, Estimate]]:
        """Yield what some sums would give, where a rate says it."""
        if scheme.needs[0] in ABROAD or not (scheme.amounts.rate_percent or scheme.amounts.slices):
            return
        for amount in EXAMPLES:
            given = self.funding.estimate(scheme, Firm(amount=amount))
            if given is not None and given.max is not None:
                yield amount, given

    def _named(self, scheme: str) -> Named:
        return Named(scheme, self.title_of(scheme))


def _credit(record: Sourced) -> str | None:
    return record.provenance and french(record.provenance.credit)
