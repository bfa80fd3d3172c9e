"""Bodies and schemes that do not exist, over the real territories: as many as one likes, the same for a seed.

A million helpers would be local above all: of a thousand bodies one is national, ten are regional, ninety of a
département, a hundred of an EPCI and the rest of a commune; of a thousand schemes five, twenty, a hundred, 275 and
600. Places are drawn by population, so that Paris has as many as it would. Records are made without the checks of
the loader, which are not what is measured.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

from knowledge.codes import AidKind, BodyKind, BodyLevel, Confidence, Need, SchemeLevel, SchemeStatus, Shown
from knowledge.coverage import COUNTRY, zone_of
from knowledge.schema import Advisor, Amounts, Bearer, Scheme
from knowledge.territories import Place, Territories

_BODIES = [("national", 1), ("region", 10), ("departement", 90), ("epci", 100), ("commune", 799)]
_SCHEMES = [("national", 5), ("region", 20), ("departement", 100), ("epci", 275), ("commune", 600)]
_SHARED_KINDS = list(BodyKind)
_LOCAL_KINDS = [BodyKind.PRIVATE_ADVISER] * 12 + [BodyKind.ASSOCIATION, BodyKind.TRAINING, BodyKind.BAR]
_CONFIDENCE = [Confidence.OFFICIAL, Confidence.SECONDARY, Confidence.DIRECTORY_2019, Confidence.MEMORY]
_NEEDS, _AIDS = list(Need), list(AidKind)
_COUNTRIES = ["DE", "ES", "US", "CN", "CH", "EU", "*"]


class Places:
    """Places drawn by population, by level."""

    def __init__(self, territories: Territories, draw: random.Random):
        self._draw = draw
        held = {
            "commune": list(territories.communes.values()),
            "epci": territories.epcis,
            "departement": territories.departements,
            "region": territories.regions,
        }
        self._held = {
            level: (places, list(accumulate(max(place.population, 1) for place in places)))
            for level, places in held.items()
        }

    def one(self, level: str) -> Place | None:
        """Return a place of this level, the likelier the more people live there; None for the country."""
        if level not in self._held:
            return None
        places, weights = self._held[level]
        return self._draw.choices(places, cum_weights=weights)[0]


def advisors(count: int, territories: Territories, seed: int) -> Iterator[Advisor]:
    """Yield `count` bodies."""
    draw = random.Random(seed)
    places = Places(territories, draw)
    for number, level in enumerate(_levels(_BODIES, count, draw)):
        yield _advisor(f"body-{number}", level, places, draw)


def _advisor(key: str, level: str, places: Places, draw: random.Random) -> Advisor:
    place, needs = places.one(level), draw.sample(_NEEDS, draw.randint(2, 6))
    seat = places.one("commune") if level == "region" else None
    return Advisor.construct(
        id=key,
        name=f"Organisme {key}",
        kind=draw.choice(_SHARED_KINDS if level != "commune" else _LOCAL_KINDS),
        level=BodyLevel(level),
        territory=place.code if place else "FR",
        seat=zone_of("commune", seat.code) if seat else None,
        needs=needs,
        first_for=needs[:1] if draw.random() < 0.1 else [],
        audience="toutes",
        audience_naf=[f"{draw.randint(1, 96):02}" for _ in range(3)] if draw.random() < 0.1 else [],
        headcount_max=draw.choice([9, 49]) if draw.random() < 0.05 else None,
        countries=draw.sample(_COUNTRIES, 2) if draw.random() < 0.1 else [],
        services="Conseille les entreprises qui le demandent.",
        cost="unknown",
        url=f"https://www.example.org/{key}",
        shown=Shown.ALWAYS,
        confidence=draw.choice(_CONFIDENCE),
        source_url="https://www.example.org",
        seen=_day(draw),
    )


def schemes(count: int, territories: Territories, seed: int) -> Iterator[Scheme]:
    """Yield `count` schemes."""
    draw = random.Random(seed)
    places = Places(territories, draw)
    for number, level in enumerate(_levels(_SCHEMES, count, draw)):
        yield _scheme(f"scheme-{number}", level, places, draw)


def _scheme(key: str, level: str, places: Places, draw: random.Random) -> Scheme:
    place = places.one(level)
    payer = SchemeLevel.EPCI if level == "commune" else SchemeLevel(level)
    return Scheme.construct(
        id=key,
        titre=f"Dispositif {key}",
        promesse="Demandez une aide pour votre projet",
        description="Aide aux entreprises du territoire.",
        eligibilite=["Être à jour de ses obligations"] if draw.random() < 0.7 else [],
        types_aides=[draw.choice(_AIDS)],
        porteurs=[Bearer.construct(nom="Collectivité", roles=["financeur"])],
        cibles=["professionnels"],
        eligibilite_geographique=[zone_of(place.level, place.code) if place else COUNTRY],
        date_mise_a_jour=_day(draw),
        date_cloture=_day(draw, 2027) if draw.random() < 0.2 else None,
        eligibilite_effectif_maximal=draw.choice([9, 19, 49, 249]) if draw.random() < 0.6 else None,
        ciblage_naf=[f"{draw.randint(1, 96):02}" for _ in range(5)] if draw.random() < 0.3 else [],
        amounts=Amounts.construct(
            rate_percent=draw.choice([20, 30, 50]), amount_max=draw.choice([2000, 5000]), expense_min=1000
        ),
        needs=draw.sample(_NEEDS, draw.randint(1, 5)),
        level=payer,
        status=draw.choice(list(SchemeStatus)),
        confidence=draw.choice(_CONFIDENCE),
        source_url="https://www.example.org",
        url_source=f"https://www.example.org/{key}",
        seen=_day(draw),
    )


def _levels(weights: list[tuple[str, int]], count: int, draw: random.Random) -> list[str]:
    names, shares = zip(*weights, strict=True)
    return draw.choices(names, weights=shares, k=count)


def _day(draw: random.Random, year: int | None = None) -> str:
    return f"{year or draw.randint(2019, 2026)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
