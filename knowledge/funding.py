"""Which schemes may pay for a need, in which order.

Pure and deterministic, given the day. What can concern the firm comes first, by `_Tier`. Within each tier:
what was read within three years, nearest payer first (EPCI, département, région, then country, then
Europe), schemes for firms of that size, schemes of wide use for a general request, eligible before unknown,
verified before unverified, freshness, id.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from knowledge.codes import (
    ABROAD,
    DIGITAL,
    GRANT_LIKE,
    LOAN_LIKE,
    Confidence,
    Need,
    SchemeLevel,
    SchemeStatus,
)
from knowledge.coverage import Reach
from knowledge.eligibility import PARTIAL, SIZE_TO_CONFIRM, Labels, Verdict, judge
from knowledge.facts import Firm
from knowledge.schema import Scheme

KINDS = {Need.GRANTS: GRANT_LIKE, Need.LOANS: LOAN_LIKE}
# An opening that was read longer ago says little; `wording/funding.yml` says these years in words.
YEARS_TO_OLD = 3
ABROAD_ONLY, RURAL, TERRITORY = "abroad_only", "rural", "territory"
_NEAREST = list(SchemeLevel)


class Age(IntEnum):
    """How old the last information on a scheme is."""

    RECENT = 0
    UNDATED = 1
    OLD = 2


class _Tier(IntEnum):
    """What comes before what: `PART` and `UNSURE_PART` answer a part of the request (open, or perhaps), `OLD`
    may long be closed, `ASIDE` is for few firms or for something else.
    """

    OPEN = 0
    UNKNOWN = 1
    UNDATED = 2
    SUSPENDED = 3
    PART = 4
    OLD = 5
    UNSURE_PART = 6
    ASIDE = 7
    RULED_OUT = 8
    ENDED = 9


@dataclass(frozen=True)
class Found:
    """A scheme that names the need and reaches the place, with its status on the day and the verdict on the
    firm.

    `doubts` say why it may not be for this owner although no criterion does: `abroad_only`, `rural`,
    `territory`. `age` is that of the last information.
    """

    scheme: Scheme
    status: SchemeStatus
    verdict: Verdict
    doubts: tuple[str, ...] = ()
    age: Age = Age.RECENT


def find(
    schemes: Iterable[Scheme], need: Need, reach: Reach, firm: Firm, labels: Labels, today: date
) -> list[Found]:
    """Return the schemes for the need at this place, best first."""
    found = [
        _found(scheme, doubts(scheme, need, reach), judge(scheme, firm, labels), today)
        for scheme in schemes
        if _pays(scheme, need)
        and reach.covered_by(scheme.eligibilite_geographique, scheme.eligibilite_geographique_exclusions)
    ]
    return sorted(found, key=lambda item: _key(item, need))


def _found(scheme: Scheme, doubted: tuple[str, ...], verdict: Verdict, today: date) -> Found:
    status = status_on(scheme, today)
    unsure = status is not SchemeStatus.OPEN or doubted
    if verdict.eligible == "yes" and unsure:  # nobody is eligible to what may be closed, or for others
        verdict = replace(verdict, eligible="unknown")
    return Found(scheme, status, verdict, doubted, age_on(scheme, today))


def doubts(scheme: Scheme, need: Need, reach: Reach) -> tuple[str, ...]:
    """Return why the scheme may not be for this need or this place, in the order they are said."""
    elsewhere = reach.apart and not reach.names(scheme.eligibilite_geographique)
    held = {RURAL: scheme.rural, TERRITORY: elsewhere, ABROAD_ONLY: _abroad_only(scheme, need)}
    return tuple(code for code, holds in held.items() if holds)


def _abroad_only(scheme: Scheme, need: Need) -> bool:
    """Say whether a need at home meets a scheme for trade abroad; a trade mark abroad is protected at home too."""
    return _about_abroad(scheme, need) and scheme.needs[0] is not Need.IP_ABROAD


def _about_abroad(scheme: Scheme, need: Need) -> bool:
    return need not in ABROAD and scheme.needs[0] in ABROAD


def status_on(scheme: Scheme, today: date) -> SchemeStatus:
    """Return the status on a day: past its last day a scheme has ended, whatever was read before."""
    if scheme.date_cloture and last_day(scheme.date_cloture) < today:
        return SchemeStatus.ENDED
    return scheme.status


def last_day(partial: str) -> date:
    """Return the last day a partial date can mean: 2024-06 is 30 June 2024."""
    parts = [int(part) for part in partial.split("-")]
    year, month = (*parts, 12)[:2]
    return date(year, month, parts[2] if len(parts) == 3 else monthrange(year, month)[1])


def last_known(scheme: Scheme) -> str | None:
    """Return the most recent day at which the record was read or its status known, as precise as it is."""
    known = [partial for partial in (scheme.seen, scheme.status_as_of) if partial]
    return max(known, key=lambda partial: (last_day(partial), len(partial)), default=None)


def age_on(scheme: Scheme, today: date) -> Age:
    """Return how old the last information is on a day."""
    known = last_known(scheme)
    if known is None:
        return Age.UNDATED
    day = last_day(known)
    passed = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return Age.OLD if passed >= YEARS_TO_OLD else Age.RECENT


def _pays(scheme: Scheme, need: Need) -> bool:
    if need in KINDS:
        return not KINDS[need].isdisjoint(scheme.types_aides)
    return need in scheme.needs and not _abroad_only(scheme, need)


def _key(found: Found, need: Need) -> tuple:
    scheme = found.scheme
    return (
        _tier(found, need),
        _long_unread(found),
        _NEAREST.index(scheme.level),
        any(finding.code == SIZE_TO_CONFIRM for finding in found.verdict.findings),
        -len(scheme.needs) if need in KINDS else 0,
        found.verdict.eligible != "yes",
        scheme.confidence is not Confidence.OFFICIAL,
        -int((last_known(scheme) or "0").replace("-", "").ljust(8, "0")),
        scheme.id,
    )


def _tier(found: Found, need: Need) -> _Tier:
    if found.status is SchemeStatus.ENDED:
        return _Tier.ENDED
    if found.verdict.eligible == "no":
        return _Tier.RULED_OUT
    if found.scheme.narrow or found.scheme.rural or _about_abroad(found.scheme, need):
        return _Tier.ASIDE
    if _on_one_subject(found.scheme, need) or _pays_a_part(found.verdict):
        return _Tier.PART if found.status is SchemeStatus.OPEN else _Tier.UNSURE_PART
    if found.status is SchemeStatus.UNKNOWN:
        return (_Tier.UNKNOWN, _Tier.UNDATED, _Tier.OLD)[found.age]
    return _Tier[found.status.name]


def _long_unread(found: Found) -> bool:
    return found.status is SchemeStatus.UNKNOWN and found.age is Age.OLD


def _on_one_subject(scheme: Scheme, need: Need) -> bool:
    """Say whether a general request for money meets a scheme for one subject: security, artificial
    intelligence, a diagnosis…
    """
    return need in KINDS and need not in scheme.needs and DIGITAL.isdisjoint(scheme.needs)


def _pays_a_part(verdict: Verdict) -> bool:
    return any(finding.state == PARTIAL for finding in verdict.findings)
