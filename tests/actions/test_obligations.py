import pytest

from actions.answer_need import AnswerNeed
from actions.more_results import MoreResults
from actions.obligations import asks_for_duties
from actions.offer_choices import OfferChoices
from actions.other_business_need import OtherBusinessNeed
from actions.take_information import TakeInformation
from settings import ROOT
from tests.actions.conftest import QUIMPER, Conversation, need
from tests.actions.shipped import shipped_services

GERMANY = {"entity": "country", "value": "DE", "start": 0, "end": 0}
SIZE = {"entity": "company_size", "value": 3, "start": 0, "end": 1}


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


def types(messages):
    return [(each["custom"] or {}).get("type", each["response"]) for each in messages]


async def invoicing(shipped, text, *entities):
    return await shipped.run(
        AnswerNeed, text=text, intent="need_e_invoicing", entities=[need("e_invoicing"), *entities]
    )


async def test_duties_follow_the_contacts(shipped):
    messages = await invoicing(shipped, "passer à la facture électronique", QUIMPER)
    assert types(messages)[:2] == ["contacts", "guidance"]
    assert messages[1]["custom"]["topic"] == "e_invoicing"
    assert "votre effectif" in messages[1]["custom"]["next_step"]


async def test_duties_asked_for_come_first_and_before_the_place(shipped):
    messages = await invoicing(shipped, "suis-je obligé pour la facture électronique, depuis quand ?")
    assert types(messages) == ["guidance", "utter_ask_place"]
    messages = await shipped.run(TakeInformation, text="à Quimper", intent="inform", entities=[QUIMPER])
    assert types(messages)[0] == "contacts"
    assert "guidance" not in types(messages)


async def test_a_headcount_told_later_works_them_out_again(shipped):
    await invoicing(shipped, "suis-je obligé pour la facture électronique ?", QUIMPER)
    duties, *_ = await shipped.run(TakeInformation, text="3 salariés", intent="inform", entities=[SIZE])
    said = duties["text"].replace("\u00a0", " ")
    assert "avec 3 salariés" in said
    assert "Depuis le 1er septembre 2026" in said
    assert "À partir du 1er septembre 2027, vous devrez envoyer vos factures" in said
    assert "votre effectif" not in said


async def test_they_are_told_once(shipped):
    await invoicing(shipped, "passer à la facture électronique", QUIMPER)
    messages = await shipped.run(MoreResults, intent="more_results")
    assert "guidance" not in types(messages)


async def test_a_need_without_duties_has_none(shipped):
    messages = await shipped.run(
        AnswerNeed, text="un site", intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert "guidance" not in types(messages)


@pytest.mark.parametrize("code", shipped_services().wording.duties["needs"])
async def test_every_need_with_duties_has_two_complete_ones(shipped, code):
    messages = await shipped.run(
        AnswerNeed,
        text="bonjour",
        intent=f"need_{code}",
        entities=[need(code), QUIMPER, SIZE, {"entity": "country", "value": "DE", "start": 0, "end": 1}],
    )
    facts = next(
        each["custom"]["facts"] for each in messages if (each["custom"] or {}).get("type") == "guidance"
    )
    assert len(facts) == 2


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("c'est obligatoire ?", True),
        ("depuis quand je dois recevoir les factures", True),
        ("je veux un contrat avec un client belge", False),
        ("il me faut une boutique en ligne", False),
        (None, False),
    ],
)
def test_words_that_ask_for_duties(text, asked):
    assert asks_for_duties(shipped_services(), text) is asked


async def attacked(shipped, *entities):
    return await shipped.run(
        AnswerNeed,
        text="mon site est piraté",
        intent="need_cybersecurity",
        entities=[need("cybersecurity"), *entities],
    )


async def test_what_will_not_wait_comes_before_the_place_is_asked_for(shipped):
    first, place = await attacked(shipped)
    assert first["text"].startswith("À faire tout de suite")
    assert "17cyber.gouv.fr" in first["text"]
    assert place["response"] == "utter_ask_place"
    messages = await shipped.run(TakeInformation, text="à Quimper", intent="inform", entities=[QUIMPER])
    assert "guidance" not in types(messages)


@pytest.mark.parametrize("text", ["Protéger mon entreprise des pirates", "un antivirus contre les attaques"])
async def test_who_wants_to_be_protected_is_asked_for_the_place_alone(shipped, text):
    messages = await shipped.run(
        AnswerNeed,
        text=text,
        intent="need_cybersecurity",
        entities=[need("cybersecurity")],
    )
    assert types(messages) == ["utter_ask_place"]


async def test_a_question_about_the_need_at_hand_gets_the_rule_that_it_names(shipped):
    await attacked(shipped, QUIMPER)
    for action in (OtherBusinessNeed, OfferChoices):
        (rule,) = await shipped.run(action, text="je peux porter plainte ?", ranking=["need_website"])
        assert "cyber-insurance-complaint-72h" in [fact["id"] for fact in rule["custom"]["facts"]]
    (other,) = await shipped.run(OtherBusinessNeed, text="recruter un apprenti", intent="other_business_need")
    assert other["custom"]["facts"][0]["id"] == "apprentice"


async def test_a_question_in_place_of_a_place_is_no_unknown_place(shipped):
    await invoicing(shipped, "passer à la facture électronique")
    why, place = await shipped.run(TakeInformation, text="je fais quoi en premier ?", intent="help")
    assert why["response"] == "utter_why_place"
    assert place["buttons"]
    assert "ne reconnais pas" not in place["text"]


async def rules_of(shipped, text, *entities):
    entities = [need("customs_vat"), QUIMPER, GERMANY, *entities]
    messages = await shipped.run(AnswerNeed, text=text, intent="need_customs_vat", entities=entities)
    facts = [fact for each in messages for fact in (each["custom"] or {}).get("facts", [])]
    return {fact["id"] for fact in facts}


async def test_who_sells_services_abroad_is_told_no_rules_for_goods(shipped):
    goods = set(shipped_services().wording.duties["goods"])
    translator = {"entity": "sector", "value": "74", "start": 0, "end": 1, "additional_info": {}}
    assert await rules_of(shipped, "quelles règles pour vendre mes produits en Allemagne") & goods
    assert not await rules_of(shipped, "je vends mes prestations en Allemagne") & goods
    assert not await rules_of(shipped, "quelles règles pour l'Allemagne", translator) & goods


def test_the_rules_for_goods_are_rules():
    rules = {path.stem for path in (ROOT / "knowledge" / "content" / "rules").glob("*.yml")}
    assert set(shipped_services().wording.duties["goods"]) <= rules


async def test_vat_behind_a_need_at_home_is_that_of_france(shipped):
    await shipped.run(AnswerNeed, text="un site", intent="need_website", entities=[need("website"), QUIMPER])
    vat = {"text": "et la TVA ?", "intent": "need_customs_vat", "entities": [need("customs_vat")]}
    await shipped.run(AnswerNeed, **vat)
    assert shipped.followup == "action_other_business_need"
    (said,) = await shipped.run(OtherBusinessNeed, **vat)
    assert said["custom"]["facts"][0]["id"] == "taxes"
    assert "étranger" in said["buttons"][0]["title"]


async def test_vat_abroad_stays_the_need(shipped):
    await shipped.run(AnswerNeed, text="un site", intent="need_website", entities=[need("website"), QUIMPER])
    await shipped.run(
        AnswerNeed, text="la TVA en Europe", intent="need_customs_vat", entities=[need("customs_vat")]
    )
    assert shipped.followup is None
