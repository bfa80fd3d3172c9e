"""Schemes judged only as far as somebody looks stand where judging all of them would put them."""

import random
from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from knowledge.codes import Need
from knowledge.coverage import reach_of
from knowledge.facts import Firm
from knowledge.funding import Question, rank
from knowledge.reading import Reader
from knowledge.scheme_lookup import find
from knowledge.scheme_ranking import Ranking

TODAY = date(2026, 11, 23)
ZONES = ["PAYS-99100", "REG-53", "DEP-29", "EPCI-242900314", "UE"]
FIRMS = [
    Firm(),
    Firm(sector="47", headcount=3, amount=2_000),
    Firm(turnover=900_000, legal_form="association"),
]


def _scheme(scheme, draw: random.Random, number: int):
    zone = draw.choice(ZONES)
    days = [None, "2021-04", "2025-01-31", "2026", "2026-11-03"]
    seen = draw.choice(days)
    return scheme(
        f"s-{draw.randrange(1000):03}-{number}",
        level={"PAYS-99100": "national", "UE": "eu"}.get(zone)
        or draw.choice(["epci", "departement", "region"]),
        eligibilite_geographique=[zone],
        needs=draw.sample(["website", "online_store", "training", "grants"], draw.randint(1, 3)),
        status=draw.choice(["open", "open", "unknown", "unknown", "suspended", "ended"]),
        seen=seen,
        confidence="official" if seen else "memory",
        source_url="https://www.example.org" if seen else None,
        types_aides=[draw.choice(["grant", "loan", "advisory"])],
        narrow=draw.random() < 0.1,
        eligibilite_effectif_maximal=draw.choice([None, None, 2, 49]),
        ciblage_naf=draw.choice([[], [], ["47"], ["56"]]),
    )


@pytest.mark.parametrize("firm", FIRMS)
@pytest.mark.parametrize("need", [Need.WEBSITE, Need.GRANTS])
@pytest.mark.parametrize(("level", "code"), [("commune", "29019"), ("departement", "29")])
def test_looking_at_a_few_gives_the_first_of_all(
    served, scheme, content, territories, need, firm, level, code
):
    draw = random.Random(f"{need}{code}")
    labels = {sector.label: list(sector.naf) for sector in content.reference.sectors}
    reader = Reader(served(schemes=[_scheme(scheme, draw, number) for number in range(35)]))
    take = Catalogue(reader, labels).schemes.take
    question = Question(need, reach_of(territories.get(level, code), territories), TODAY, firm)
    spotted = reader.read(lambda connection: find(connection, question))

    whole = rank(take([found.key for found in spotted]), question)
    for count in range(len(whole) + 1):
        assert Ranking(spotted, take, question).first(count) == whole[:count]
    assert len(Ranking(spotted, take, question)) == len(whole) > 10


def test_looking_at_three_of_forty_reads_a_few(served, scheme, content, territories):
    reader = Reader(served(schemes=[scheme(f"s-{number:02}") for number in range(40)]))
    taken = []

    def take(keys):
        taken.extend(keys)
        return Catalogue(reader, {}).schemes.take(keys)

    question = Question(Need.WEBSITE, reach_of(territories.get("commune", "29019"), territories), TODAY)
    spotted = reader.read(lambda connection: find(connection, question))

    assert [found.scheme.id for found in Ranking(spotted, take, question).first(3)] == [
        "s-00",
        "s-01",
        "s-02",
    ]
    assert len(taken) < 20
