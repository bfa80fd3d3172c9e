"""Which schemes may pay for a need, in which order.

Pure and deterministic, given the day. What can concern the firm comes first, by `Tier`. Within each tier:
what was read within three years, nearest payer first (EPCI, département, région, then country, then
Europe), schemes for firms of that size, schemes of wide use for a general request, eligible before unknown,
verified before unverified, freshness, id.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache

from knowledge.codes import ABROAD, DIGITAL, Confidence, Need, SchemeLevel, SchemeStatus
from knowledge.coverage import Reach
from knowledge.dates import last_day, sortable
from knowledge.eligibility import HEADCOUNT_UNTOLD, PARTIAL, SIZE_TO_CONFIRM, Finding, Prepared, Verdict
from knowledge.facts import Firm
from knowledge.rules import sizes
from knowledge.schema import Scheme

KINDS = (Need.GRANTS, Need.LOANS)
# An opening that was read longer ago says little; `wording/funding.yml` says these years in words.
YEARS_TO_OLD = 3
ABROAD_ONLY, RURAL, TERRITORY, PART = "abroad_only", "rural", "territory", "part"
# A trade mark abroad is protected at home too.
ABROAD_KEPT = frozenset({Need.IP_ABROAD})
_NEAREST = list(SchemeLevel)


class Age(IntEnum):
    """How old the last information on a scheme is."""

    RECENT = 0
    UNDATED = 1
    OLD = 2


class Tier(IntEnum):
    """What comes before what: `PART` and `UNSURE_PART` answer a part of the request (open, or perhaps), `OLD`
    may long be closed, `ASIDE` is for few firms or for something else, `SOMEWHERE`
    holds in a part of the place only.
    """

    OPEN = 0
    UNKNOWN = 1
    UNDATED = 2
    SUSPENDED = 3
    PART = 4
    OLD = 5
    UNSURE_PART = 6
    ASIDE = 7
    SOMEWHERE = 8
    RULED_OUT = 9
    ENDED = 10


@dataclass(frozen=True)
class Question:
    """A need, where, for whom, on which day."""

    need: Need
    reach: Reach
    today: date
    firm: Firm = Firm()


@dataclass(frozen=True)
class Found:
    """A scheme that names the need and reaches the place, with its status on the day and the verdict on the
    firm.

    `doubts` say why it may not be for this owner although no criterion does: `part` (it holds in a part of the
    place only), `abroad_only`, `rural`, `territory`. `age` is that of the last information.
    """

    scheme: Scheme
    status: SchemeStatus
    verdict: Verdict
    doubts: tuple[str, ...] = ()
    age: Age = Age.RECENT

    @property
    def missing(self) -> list[str]:
        """Return the facts that would decide, the commune first where the scheme holds in a part of the place."""
        if self.verdict.eligible == "no":
            return []
        return [*(["commune"] if PART in self.doubts else []), *self.verdict.missing]


@dataclass(frozen=True)
class Candidate:
    """A scheme with its criteria made ready, to be kept together."""

    scheme: Scheme
    prepared: Prepared


def rank(candidates: Iterable[Candidate], question: Question) -> list[Found]:
    """Return the schemes for the need at this place, best first; the candidates name the need and reach the
    place.

    A local version stands instead of the regional scheme it is made after where it holds in the whole place and at
    least as much is known of it: an undated page does not hide a scheme that is open.
    """
    found = [judge(candidate, question) for candidate in candidates]
    local = [item for item in found if item.scheme.variant_of and PART not in item.doubts]

    def replaced(item: Found) -> bool:
        known = _tier(item, question.need)
        versions = (version for version in local if version.scheme.variant_of == item.scheme.id)
        return any(_tier(version, question.need) <= known for version in versions)

    kept = [item for item in found if not replaced(item)]
    return sorted(kept, key=lambda item: place_of(item, question.need))


def judge(candidate: Candidate, question: Question) -> Found:
    """Return the scheme with its status on the day, the verdict on the firm and what is doubtful."""
    scheme, verdict = candidate.scheme, candidate.prepared.judge(question.firm)
    doubted = doubts(scheme, question.need, question.reach)
    status = status_on(scheme, question.today)
    unsure = status is not SchemeStatus.OPEN or doubted
    if verdict.eligible == "yes" and unsure:  # nobody is eligible to what may be closed, or for others
        verdict = replace(verdict, eligible="unknown")
    return Found(scheme, status, verdict, doubted, age_on(scheme, question.today))


def judge_named(candidate: Candidate, question: Question, territory: Finding) -> Found:
    """Return the same of a scheme asked for by name, wherever it holds; `territory` is the finding on the place."""
    found = judge(candidate, question)
    verdict = candidate.prepared.judge(question.firm, territory)
    if verdict.eligible == "yes":
        verdict = found.verdict
    return replace(found, verdict=verdict, doubts=tuple(doubt for doubt in found.doubts if doubt != PART))


def doubts(scheme: Scheme, need: Need, reach: Reach) -> tuple[str, ...]:
    """Return why the scheme may not be for this need or this place, in the order they are said."""
    zones = scheme.eligibilite_geographique
    elsewhere = reach.apart and not reach.names(zones)
    held = {
        PART: not reach.covered_by(zones),
        RURAL: scheme.rural,
        TERRITORY: elsewhere,
        ABROAD_ONLY: _abroad_only(scheme, need),
    }
    return tuple(code for code, holds in held.items() if holds)


def _abroad_only(scheme: Scheme, need: Need) -> bool:
    """Say whether a need at home meets a scheme for trade abroad; a trade mark abroad is protected at home too."""
    return _about_abroad(scheme, need) and scheme.needs[0] not in ABROAD_KEPT


def _about_abroad(scheme: Scheme, need: Need) -> bool:
    return need not in ABROAD and scheme.needs[0] in ABROAD


def status_on(scheme: Scheme, today: date) -> SchemeStatus:
    """Return the status on a day: past its last day a scheme has ended, whatever was read before."""
    if scheme.date_cloture and last_day(scheme.date_cloture) < today:
        return SchemeStatus.ENDED
    return scheme.status


@lru_cache(maxsize=4000)  # asked of the same schemes at every look-up
def _latest(*partials: str | None) -> str | None:
    known = [partial for partial in partials if partial]
    return max(known, key=lambda partial: (last_day(partial), len(partial)), default=None)


def last_known(scheme: Scheme) -> str | None:
    """Return the most recent day at which the record was read or its status known, as precise as it is."""
    return _latest(scheme.seen, scheme.status_as_of)


def age_on(scheme: Scheme, today: date) -> Age:
    """Return how old the last information is on a day."""
    known = last_known(scheme)
    if known is None:
        return Age.UNDATED
    day = last_day(known)
    passed = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return Age.OLD if passed >= YEARS_TO_OLD else Age.RECENT


def place_of(found: Found, need: Need) -> tuple:
    """Return what the schemes are sorted by; `scheme_lookup` knows the best that each part can be."""
    scheme = found.scheme
    return (
        _tier(found, need),
        _long_unread(found),
        _NEAREST.index(scheme.level),
        any(map(_for_larger, found.verdict.findings)),
        -len(scheme.needs) if need in KINDS else 0,
        found.verdict.eligible != "yes",
        scheme.confidence is not Confidence.OFFICIAL,
        -sortable(last_known(scheme)),
        scheme.id,
    )


def _tier(found: Found, need: Need) -> Tier:
    if found.status is SchemeStatus.ENDED:
        return Tier.ENDED
    if found.verdict.eligible == "no":
        return Tier.RULED_OUT
    if PART in found.doubts:
        return Tier.SOMEWHERE
    if found.scheme.narrow or found.scheme.rural or _about_abroad(found.scheme, need):
        return Tier.ASIDE
    if _on_one_subject(found.scheme, need) or _pays_a_part(found.verdict):
        return Tier.PART if found.status is SchemeStatus.OPEN else Tier.UNSURE_PART
    if found.status is SchemeStatus.UNKNOWN:
        return (Tier.UNKNOWN, Tier.UNDATED, Tier.OLD)[found.age]
    return Tier[found.status.name]


def _for_larger(finding: Finding) -> bool:
    """Say whether a scheme asks for more people than a very small firm has, of a firm that did not say how many it has:
    those are who asks here first.
    """
    least = finding.values.get("low") if finding.code in HEADCOUNT_UNTOLD else None
    return finding.code == SIZE_TO_CONFIRM or (least is not None and least > sizes()[0].headcount_max)


def _long_unread(found: Found) -> bool:
    return found.status is SchemeStatus.UNKNOWN and found.age is Age.OLD


def _on_one_subject(scheme: Scheme, need: Need) -> bool:
    """Say whether a general request for money meets a scheme for one subject: security, artificial
    intelligence, a diagnosis…
    """
    return need in KINDS and need not in scheme.needs and DIGITAL.isdisjoint(scheme.needs)


def _pays_a_part(verdict: Verdict) -> bool:
    return any(finding.state == PARTIAL for finding in verdict.findings)
