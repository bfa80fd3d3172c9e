"""Turns what was found into what is shown: items with their French sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge import estimates
from knowledge.codes import AidKind, BodyLevel, Confidence, Need, SchemeStatus, Scope, Trade
from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, split_zone
from knowledge.eligibility import BROKEN, MET, OPEN, PARTIAL
from knowledge.estimates import Estimated
from knowledge.facts import Firm
from knowledge.funding import Found, last_known
from knowledge.matches import ContactMatch, Estimate, FundingMatch, Territory
from knowledge.schema import Advisor, Scheme
from knowledge.sentences import Sentences
from knowledge.territories import Territories
from knowledge.typography import french, phone, within

_CONDITIONS = "conditions_unknown"  # the criterion that strings the record's own conditions together


@dataclass(frozen=True)
class ContactPresenter:
    """Makes contact items; `say` holds the sentences of `contacts.yml`."""

    say: Sentences
    territories: Territories

    def present(self, advisor: Advisor, need: Need | None, trade: Trade | None = None) -> ContactMatch:
        """Return the item for one body; `need` None is a general question, `trade` the firm's."""
        verified = advisor.confidence is Confidence.OFFICIAL
        return ContactMatch(
            id=advisor.id,
            name=advisor.name,
            kind=advisor.kind.value,
            level=advisor.level.value,
            territory=self._territory(advisor),
            phone=advisor.phone and phone(advisor.phone),
            email=advisor.email,
            url=advisor.url,
            hours=advisor.hours and french(advisor.hours),
            cost=advisor.cost.value,
            why=self._why(advisor, need, trade),
            status="verified" if verified else "to_check",
            verified_on=advisor.seen,
            source_url=advisor.source_url,
        )

    def _territory(self, advisor: Advisor) -> Territory:
        if advisor.level is BodyLevel.NATIONAL:
            return Territory("national", "FR", self.say.say("country"))
        place = self.territories.get(advisor.level.value, advisor.territory)
        return Territory(place.level, place.code, place.name)

    def _why(self, advisor: Advisor, need: Need | None, trade: Trade | None) -> str:
        section = "why" if need else "general"
        key = next(key for key in _keys(advisor, trade) if self.say.has(section, key))
        values = {"services": within(advisor.services.split(" ; ")[0]), "place": self._place(advisor)}
        if need:
            values["need"] = self.say.say("needs", need.value)
        return self.say.say(section, key, **values)

    def _place(self, advisor: Advisor) -> str:
        if advisor.level is BodyLevel.NATIONAL:
            return ""
        return self.territories.in_words(self.territories.get(advisor.level.value, advisor.territory))


def _keys(advisor: Advisor, trade: Trade | None) -> Iterator[str]:
    """Yield where a body's sentence may stand, the most exact place first."""
    kind, level = advisor.kind.value, advisor.level.value
    if trade is not None and advisor.level is not BodyLevel.NATIONAL:
        yield f"{kind}_{trade}"
    if advisor.scope is not Scope.NATIONAL:
        yield advisor.scope.value
    yield from (f"{kind}_{level}", kind, level)


@dataclass(frozen=True)
class FundingPresenter:
    """Makes funding items; `say` holds the sentences of `funding.yml`, `title_of` finds the title of a scheme
    by its id.
    """

    say: Sentences
    territories: Territories
    title_of: Callable[[str], str]

    def present(self, found: Found, firm: Firm) -> FundingMatch:
        """Return the item for one scheme; a scheme that has ended is for nobody."""
        scheme, ended = found.scheme, found.status is SchemeStatus.ENDED
        return FundingMatch(
            id=scheme.id,
            title=scheme.titre,
            promise=french(scheme.promesse),
            funder=scheme.funder,
            kinds=[kind.value for kind in scheme.types_aides],
            status=found.status.value,
            eligible="no" if ended else found.verdict.eligible,
            reasons=self._ended(scheme) if ended else self._reasons(found),
            missing=[] if ended else found.missing,
            estimate=None if ended or found.verdict.eligible == "no" else self.estimate(scheme, firm),
            closing_date=scheme.date_cloture,
            url=scheme.url_source,
            source_url=scheme.source_url,
            verified_on=last_known(scheme),
            combinations=[] if ended else self.combinations(scheme),
            why="" if ended else self._why(found),
        )

    def _why(self, found: Found) -> str:
        """Return the first sentence against it, else the first doubt; nothing where neither is."""
        said = self._criteria(found, BROKEN) + [self.say.say("doubts", doubt) for doubt in found.doubts]
        return next(iter(said + self._criteria(found, PARTIAL)), "")

    def _ended(self, scheme: Scheme) -> list[str]:
        reasons = [self.say.say("status", "ended", closing=scheme.date_cloture)]
        if scheme.replaced_by:
            reasons.append(self.say.say("replaced", title=self.title_of(scheme.replaced_by)))
        return reasons

    def _reasons(self, found: Found) -> list[str]:
        """Return what decides first: for whom it is not, whether it is open, then what the criteria say."""
        scheme = found.scheme
        against, opening = self._criteria(found, BROKEN, PARTIAL), self._opening(found)
        reasons = [self.say.say("doubts", doubt) for doubt in found.doubts]
        reasons += against + opening if found.status is SchemeStatus.OPEN else opening + against
        if scheme.narrow:
            reasons.append(self.say.say("narrow"))
        reasons += self._where(scheme) + self._criteria(found, MET) + self._criteria(found, OPEN)
        if scheme.confidence is not Confidence.OFFICIAL:
            reasons.append(self.say.say("unverified"))
        return list(dict.fromkeys(reasons))

    def _opening(self, found: Found) -> list[str]:
        """Return the status and the last day; the day of the information stands in `verified_on`, once."""
        said = [self.say.say("status", found.status.value, age=found.age.name.lower())]
        if found.scheme.date_cloture:
            said.append(self.say.say("deadline", closing=found.scheme.date_cloture))
        return said

    def _criteria(self, found: Found, *states: str) -> list[str]:
        chosen = [finding for finding in found.verdict.findings if finding.state in states]
        return [self.say.say("criteria", finding.code, **finding.values) for finding in chosen]

    def conditions(self, found: Found) -> list[str]:
        """Return what the scheme asks for, each once: what its criteria leave open, then its own conditions."""
        doubts = [self.say.say("doubts", doubt) for doubt in found.doubts]
        asked = [
            self.say.say("criteria", finding.code, **finding.values)
            for finding in found.verdict.findings
            if finding.state == OPEN and finding.code != _CONDITIONS
        ]
        own = [french(condition) for condition in found.scheme.eligibilite]
        return list(dict.fromkeys(doubts + asked + own))

    def _where(self, scheme: Scheme) -> list[str]:
        zones = scheme.eligibilite_geographique
        if zones[0] in (COUNTRY, UNION) or len(zones) > 1:
            return []
        kind, code = split_zone(zones[0])
        place = self.territories.get(LEVEL_OF_ZONE[kind], code)
        return [self.say.say("place", place=self.territories.in_words(place))]

    def estimate(self, scheme: Scheme, firm: Firm) -> Estimate | None:
        """Return what the scheme may give the firm, with its sum in words; None where no figure says it."""
        found = estimates.estimate(scheme, firm)
        if found is None:
            return self._guarantee(scheme)
        return Estimate(found.low, found.high, self._formula(found, scheme.amounts.formula))

    def _guarantee(self, scheme: Scheme) -> Estimate | None:
        """Return what a guarantee covers, in words only: it gives no money."""
        amounts = scheme.amounts
        if scheme.types_aides[0] is not AidKind.GUARANTEE or amounts.rate_percent is None:
            return None
        rates = {"rate": amounts.rate_percent, "rate_min": amounts.rate_min_percent}
        return Estimate(None, None, self.say.say("estimate", "guarantee", **rates, of=amounts.rate_of.value))

    def _formula(self, found: Estimated, rule: str | None) -> str:
        """Return the sum in words where there is one, else the record's own rule, else what is possible."""
        values = vars(found)
        if found.counted is not None:
            text = self.say.say(
                "estimate", "sum", **values, range=self.say.say("estimate", "range", **values)
            )
            text = self.say.say("estimate", "rule", text=text, rule=rule) if rule else text
        elif rule and not found.tiered:
            text = french(rule)
        else:
            text = self.say.say("estimate", "rate" if found.rate is not None else "range", **values)
            text = self.say.say("estimate", "rule", text=text, rule=rule) if rule else text
        text = self.say.say("estimate", "kinds", found.kind, text=text)
        return self.say.say("estimate", "bonus", text=text, **values) if found.bonus else text

    def combinations(self, scheme: Scheme) -> list[str]:
        """Return what the record says of other aid; where it says nothing, that it has to be asked."""
        words = scheme.cumulative_with or [
            *map(self.title_of, scheme.combined_with),
            *self._levels(scheme, True),
        ]
        refused = [*map(self.title_of, scheme.not_combined_with), *self._levels(scheme, False)]
        said = [self.say.say("combinations", "possible", words=words)] if words else []
        said += [self.say.say("combinations", "refused", words=refused)] if refused else []
        if scheme.public_aid_max_percent and not scheme.cumulative_with:
            said.append(self.say.say("combinations", "ceiling", percent=scheme.public_aid_max_percent))
        return said or [self.say.say("combinations", "ask")]

    def _levels(self, scheme: Scheme, combined: bool) -> list[str]:
        levels = scheme.combined_levels if combined else scheme.not_combined_levels
        return [self.say.say("combinations", "levels", level.value) for level in levels]
