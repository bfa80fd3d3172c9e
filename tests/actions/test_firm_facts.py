"""The turnover, the age and the legal form of a firm are taken as they are told, and aids are judged on them."""

from datetime import date

import pytest

from actions.answer_need import AnswerNeed
from actions.firm_words import FirmWords
from actions.offer_choices import OfferChoices
from actions.take_information import TakeInformation
from actions.wording_store import load_wording
from knowledge.rules.legal_forms import legal_forms
from tests.actions.conftest import Conversation, location, need
from tests.actions.shipped import shipped_services

LILLE = location("Lille", "59350", departement="59", region="32")
LARGE = "3 millions de CA"


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.fixture(scope="module")
def told():
    wording = load_wording()
    words = FirmWords(wording.firm, wording.what_if["numbers"], legal_forms(), lambda: date(2026, 11, 23))
    return words.told


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("SARL créée en 2019", {"age_years": 7.4, "legal_form": "SARL"}),
        ("on est en SAS depuis 3 ans", {"age_years": 3, "legal_form": "SAS"}),
        ("j'ai ouvert il y a 6 mois", {"age_years": 0.5}),
        ("ma société existe depuis plus de vingt ans", {"age_years": 20.5}),
        ("ouvert il y a moins d'un an", {"age_years": 0.5}),
        ("mes clients sont des hôtels, je suis en SAS", {"legal_form": "SAS"}),
        ("12 ans d'existence", {"age_years": 12}),
        ("je suis auto entrepreneuse", {"legal_form": "MICRO"}),
        ("Micro-entreprise, Limoges", {"legal_form": "MICRO"}),
        ("Nous sommes une SCOP", {"legal_form": "SCOP"}),
        ("en EI", {"legal_form": "EI"}),
    ],
)
def test_age_and_legal_form_are_heard(told, text, facts):
    assert told(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "une SARL de Lyon me doit 3 000 €",
        "SARL Dupont a reçu ma facture",
        "ma cliente est en SAS depuis 3 ans",
        "je veux passer de micro-entreprise à SARL",
        "SARL ou SAS ?",
        "mon client n'a pas payé depuis 4 mois",
        "j'ai créé mon site en 2019",
        "on ouvre en 2027",
        "en ei",
        "sa boutique",
    ],
)
def test_what_is_not_said_of_the_firm_is_no_fact(told, text):
    assert told(text) == {}


def amount(text, written, value):
    start = text.index(written)
    return {"entity": "amount", "value": value, "start": start, "end": start + len(written)}


async def aids(shipped, text, *entities):
    await shipped.run(AnswerNeed, text="une boutique en ligne", entities=[need("online_store"), LILLE])
    messages = await shipped.run(TakeInformation, text=text, intent="inform", entities=entities)
    shown = [
        item for each in messages for item in (each["custom"] or {}).get("items", []) if "eligible" in item
    ]
    return {item["id"]: item for item in shown}


async def test_a_turnover_is_no_cost_and_decides(shipped):
    small = await aids(shipped, "35 000 de CA", amount("35 000 de CA", "35 000", 35_000))
    assert (shipped.slots["told"], shipped.slots.get("amount")) == ({"turnover": 35_000}, None)
    assert "turnover" not in small["hdf-aden"]["missing"]


@pytest.mark.parametrize(
    "text", ["5 000 € de CA par mois", "5 000 € par mois de CA", "CA : 5 000 € par mois"]
)
async def test_what_is_earned_in_a_month_is_no_turnover_of_a_year(shipped, text):
    await aids(shipped, text, amount(text, "5 000 €", 5_000))
    assert not shipped.slots.get("told")


async def test_a_turnover_above_the_limit_rules_an_aid_out(shipped):
    large = await aids(shipped, LARGE, amount(LARGE, "3 millions", 3_000_000))
    lille = shipped.services.place({"level": "commune", "code": "59350"})
    aden = shipped.services.knowledge.funding("online_store", lille, turnover=3_000_000)
    assert next(each for each in aden if each.id == "hdf-aden").eligible == "no"
    assert "hdf-aden" not in large or large["hdf-aden"]["eligible"] == "no"


async def test_facts_that_were_told_are_missing_no_more(shipped):
    await aids(shipped, "SARL créée il y a 2 ans")
    assert shipped.slots["told"] == {"legal_form": "SARL", "age_years": 2}
    after = await aids(shipped, "9 salariés", {"entity": "company_size", "value": 9, "start": 0, "end": 1})
    assert after
    assert not {"age", "legal_form"} & {fact for item in after.values() for fact in item["missing"]}


async def test_facts_that_sound_like_nothing_are_taken(shipped):
    await shipped.run(AnswerNeed, text="une boutique en ligne", entities=[need("online_store"), LILLE])
    await shipped.run(OfferChoices, text="SARL créée en 2019", ranking=["other_business_need"])
    assert shipped.followup == "action_take_information"
