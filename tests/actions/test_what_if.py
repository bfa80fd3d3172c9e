"""« Et si… ? » and « combien ? », on the knowledge base as it is shipped."""

import pytest

from actions.answer_need import AnswerNeed
from actions.estimate import Estimate
from actions.take_information import TakeInformation
from actions.what_if import WhatIf
from tests.actions.conftest import QUIMPER, Conversation, location, need
from tests.actions.shipped import shipped_services

RENNES = location("Rennes", "35238", departement="35")
FIVE = {"entity": "company_size", "value": 5, "start": 0}
TEN_THOUSAND = {"entity": "amount", "value": 10_000, "start": 0}


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


async def asked_for_grants(shipped, *facts):
    entities = [need("grants"), RENNES, *facts]
    return await shipped.run(AnswerNeed, text="une aide", intent="need_grants", entities=entities)


async def test_a_larger_firm_loses_a_scheme_and_its_facts_stay(shipped):
    await asked_for_grants(shipped, FIVE)
    (said,) = await shipped.run(WhatIf, text="et si on était 12 ?", entities=[location("12", "12")])
    assert "12 au lieu de 5" in said["text"]
    assert "Réservé aux entreprises de 7\u00a0salariés au plus" in said["text"]
    assert said["custom"]["type"] == "guidance"
    assert shipped.slots["company_size"] == 5
    assert shipped.slots["place"]["code"] == "35238"


@pytest.mark.parametrize(
    ("text", "headcount"),
    [("et si j'embauche ?", 6), ("et si je recrute deux personnes", 7), ("et si on était douze ?", 12)],
)
async def test_the_hypothesis_is_read_from_its_words(shipped, text, headcount):
    await asked_for_grants(shipped, FIVE)
    (said,) = await shipped.run(WhatIf, text=text)
    assert f"Si votre effectif était de {headcount} au lieu de 5" in said["text"]


async def test_a_rate_that_falls_is_told_with_today_s(shipped):
    port = location("Le Port", "97407", departement="974", region="04")
    nine = {"entity": "company_size", "value": 9, "start": 0}
    await shipped.run(AnswerNeed, intent="need_online_store", entities=[need("online_store"), port, nine])
    (said,) = await shipped.run(WhatIf, text="et si j'embauche ?")
    text = said["text"].replace("\u00a0", " ").replace("\u202f", " ")
    line = next(line for line in text.splitlines() if "Kap Numérik" in line)
    assert "Montant : 50 % de la dépense, 2 000 € au plus" in line
    assert "Aujourd’hui : 80 % de la dépense, 3 200 € au plus." in line


async def test_every_fact_of_a_hypothesis_has_its_source(shipped):
    await asked_for_grants(shipped, FIVE)
    (said,) = await shipped.run(WhatIf, text="et si on était 12 ?")
    facts = said["custom"]["facts"]
    assert facts
    assert all(fact["source_url"] and fact["text"] in said["text"] for fact in facts)


async def test_a_budget_gives_the_sums(shipped):
    await asked_for_grants(shipped)
    (said,) = await shipped.run(WhatIf, text="et avec 10 000 euros ?", entities=[TEN_THOUSAND])
    assert "Avec un budget de 10\u202f000\u00a0€" in said["text"]
    assert "3\u202f000\u00a0€" in said["text"]
    assert "amount" not in shipped.slots


async def test_hiring_from_an_unknown_headcount_asks_for_it(shipped):
    await asked_for_grants(shipped)
    (question,) = await shipped.run(WhatIf, text="et si j'embauche ?")
    assert question["response"] == "utter_what_if_unclear"


async def test_how_much_gives_the_schemes_with_a_sum_first(shipped):
    await asked_for_grants(shipped, TEN_THOUSAND)
    (funding,) = await shipped.run(Estimate, text="combien je peux avoir ?")
    assert funding["text"].startswith("Ce que ces aides peuvent donner à Rennes")
    items = funding["custom"]["items"]
    assert len(items) == 3
    assert all(item["estimate"] and item["eligible"] != "no" for item in items)
    assert "Dites-moi le montant" not in funding["text"]


async def test_how_much_before_any_need_is_about_grants_and_asks_where(shipped):
    (question,) = await shipped.run(Estimate, text="combien je peux avoir ?")
    assert question["response"] == "utter_ask_place"
    messages = await shipped.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert {message["custom"]["need"] for message in messages} == {"grants"}


async def test_funds_of_the_union_come_first_where_they_are_asked_for(shipped):
    island = location("Guadeloupe", "01", departement="971", region="01", level="region")
    entities = [need("grants"), island]
    *_, funding = await shipped.run(
        AnswerNeed, text="des fonds européens", intent="need_grants", entities=entities
    )
    assert funding["text"].startswith("Aides européennes que je connais en Guadeloupe")
    assert [item["id"] for item in funding["custom"]["items"]] == [
        "guadeloupe-cheque-tic",
        "feder-guadeloupe",
        "feder",
    ]


@pytest.mark.parametrize(
    ("level", "code"), [("commune", "98818"), ("departement", "975"), ("departement", "977")]
)
async def test_funds_of_the_union_are_not_for_a_territory_outside_it(shipped, level, code):
    departement = code if level == "departement" else "988"
    place = location("là-bas", code, departement=departement, region=None, level=level)
    *_, funding = await shipped.run(
        AnswerNeed, text="des fonds européens", intent="need_grants", entities=[need("grants"), place]
    )
    assert funding["text"].startswith("Ce territoire français ne fait pas partie de l’Union européenne")
    assert "FEDER 2021" not in funding["text"]


async def test_saint_martin_is_in_the_union(shipped):
    place = location("Saint-Martin", "978", departement="978", region=None, level="departement")
    *_, funding = await shipped.run(
        AnswerNeed, text="des fonds européens", intent="need_grants", entities=[need("grants"), place]
    )
    assert funding["custom"]["items"][0]["id"] == "feder"


async def test_a_funding_answer_is_short_and_whole(shipped):
    *_, funding = await asked_for_grants(shipped, FIVE)
    text = funding["text"]
    assert len(text) < 2000
    for item in funding["custom"]["items"]:
        assert item["title"] in text
        assert item["source_url"] in text
    assert text.count("Montant\u00a0:") == 3
    assert text.count("Cumul") == 3
    assert "  " not in text
