"""A scheme that an owner names is said first, on the knowledge base as it is shipped."""

import pytest

from actions.answer_need import AnswerNeed
from actions.ask_definition import AskDefinition
from actions.offer_choices import OfferChoices
from actions.take_information import TakeInformation
from tests.actions.conftest import Conversation, location, need
from tests.actions.shipped import shipped_services

DIJON = location("Dijon", "21231", departement="21", region="27")
CRETEIL = location("Créteil", "94028", departement="94", region="11")
LE_PORT = location("Le Port", "97407", departement="974", region="04")
VOUCHER = "je voudrais le chèque de 500 euros de France Num pour mon site"
SUM = {"entity": "amount", "value": 500, "start": 22}


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("le cheque france num existe encore ?", None, ["cheque-france-num"]),
        ("le chèque numérique de 500€", ("commune", "21231"), ["cheque-france-num"]),
        ("c'est quoi le kap numeric", None, ["reunion-kap-numerik"]),
        ("Impulsion Transition Numérique, c'est fini ?", None, ["normandie-impulsion-transition"]),
        ("un chèque numérique", ("commune", "94028"), ["idf-cheque-numerique"]),
        (
            "un chèque numérique",
            ("commune", "97407"),
            ["reunion-cheque-numerique-covid", "reunion-kap-numerik"],
        ),
        ("un chèque numérique", ("commune", "35238"), []),
        ("le chèque e-commerce", ("commune", "33063"), ["na-cheque-e-commerce"]),
        ("le chèque e-commerce", ("commune", "21231"), []),
        ("le chèque e-commerce de Nouvelle Aquitaine", ("commune", "21231"), ["na-cheque-e-commerce"]),
        ("le pass commerce et artisanat", ("commune", "29042"), ["bretagne-epci-crozon-pass"]),
        ("le pass commerce et artisanat", None, ["bretagne-pass-commerce-artisanat"]),
        ("mettre mon commerce en ligne avec une aide", ("commune", "69123"), []),
        ("je veux une subvention pour mon site internet", ("commune", "21231"), []),
    ],
)
def test_a_scheme_is_found_by_its_names(text, place, found):
    services = shipped_services()
    there = services.territories.get(*place) if place else None
    assert [match.id for match in services.knowledge.named_schemes(text, there)] == found


def test_a_scheme_of_another_territory_is_said_to_be_so():
    services = shipped_services()
    (match,) = services.knowledge.named_schemes("Kap Numérik", services.territories.get("commune", "21231"))
    assert (match.eligible, match.why) == ("no", "N’est pas proposé à Dijon.")


async def test_a_scheme_that_is_over_comes_first_with_its_end_then_what_else_pays(shipped):
    funding, contacts = await shipped.run(
        AnswerNeed, text=VOUCHER, intent="need_grants", entities=[need("grants"), need("website"), DIJON, SUM]
    )
    assert contacts["custom"]["type"] == "contacts"
    text = funding["text"].replace("\u00a0", " ").replace("\u202f", " ")
    assert text.startswith("Vous demandez « Chèque France Num (500 €) ».")
    assert "31 juillet 2021" in funding["text"]
    first, *others = funding["custom"]["items"]
    assert (first["id"], first["status"]) == ("cheque-france-num", "ended")
    assert others
    assert all(item["status"] != "ended" for item in others)
    assert shipped.slots.get("amount") is None


async def test_a_scheme_is_told_while_the_place_is_asked_for(shipped):
    funding, question = await shipped.run(
        AnswerNeed, text=VOUCHER, intent="need_grants", entities=[need("grants")]
    )
    assert [item["id"] for item in funding["custom"]["items"]] == ["cheque-france-num"]
    assert question["response"] == "utter_ask_place"


async def test_a_name_that_needs_the_place_is_found_when_it_is_told(shipped):
    (question,) = await shipped.run(
        AnswerNeed, text="le chèque numérique", intent="need_grants", entities=[need("grants")]
    )
    assert question["response"] == "utter_ask_place"
    funding, _ = await shipped.run(TakeInformation, text="Créteil", intent="inform", entities=[CRETEIL])
    assert funding["custom"]["items"][0]["id"] == "idf-cheque-numerique"


async def test_a_name_says_more_than_a_need_that_is_not_sure(shipped):
    text = "on m'a parlé de l'Impulsion Transition Numérique"
    entities = [need("diagnosis")]
    await shipped.run(AnswerNeed, text=text, intent="need_diagnosis", entities=entities, sure=False)
    assert shipped.slots["need"] == "grants"


@pytest.mark.parametrize("action", [OfferChoices, AskDefinition])
async def test_a_name_is_answered_whatever_the_message_looks_like(shipped, action):
    text = "c'est quoi le Kap Numérik"
    await shipped.run(action, text=text, intent="ask_definition", entities=[LE_PORT])
    assert shipped.followup == "action_answer_need"
    funding, _ = await shipped.run(AnswerNeed, text=text, intent="ask_definition", entities=[LE_PORT])
    assert funding["custom"]["items"][0]["id"] == "reunion-kap-numerik"
    assert shipped.slots["need"] == "grants"
