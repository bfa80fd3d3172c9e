"""A few words behind an answer that take it further, or ask for what is not done here."""

import pytest

from actions.answer_need import AnswerNeed
from actions.ask_cost import AskCost
from actions.ask_definition import AskDefinition
from actions.courtesy import Courtesy
from actions.delete_data import DeleteData
from actions.offer_choices import OfferChoices
from actions.request_status import RequestStatus
from actions.yes_and_no import Affirm, Deny
from tests.actions.conftest import QUIMPER, Conversation, a_country, need
from tests.actions.shipped import asked_for, shipped_services

PERSON, GROUP = "action_talk_to_human", "action_shared_cdo"


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (Affirm, "ok je suis intéressée", "affirm"),
        (Deny, "ça m'intéresse", "deny"),
        (OfferChoices, "et maintenant ?", "help"),
        (Courtesy, "comment ça marche concrètement", "help"),
    ],
)
@pytest.mark.parametrize(("code", "follows"), [("website", PERSON), ("shared_cdo", GROUP)])
async def test_who_is_interested_is_taken_further(shipped, action, text, intent, code, follows):
    await asked_for(shipped, code)
    await shipped.run(action, text=text, intent=intent)
    assert shipped.followup == follows


@pytest.mark.parametrize("text", ["ça ne m'intéresse pas", "plus intéressé"])
async def test_who_is_not_interested_is_not(shipped, text):
    await asked_for(shipped, "website")
    await shipped.run(Deny, text=text, intent="deny")
    assert shipped.followup is None


async def test_without_an_answer_there_is_no_next_step(shipped):
    (said,) = await shipped.run(Courtesy, text="comment ça marche", intent="help")
    assert shipped.followup is None
    assert said["response"] == "utter_help"


async def test_a_question_behind_a_yes_is_no_yes(shipped):
    await asked_for(shipped, "grants")
    await shipped.run(Affirm, text="ok et je fais comment pour la première", intent="affirm")
    assert shipped.followup == "action_offer_choices"


@pytest.mark.parametrize(
    ("action", "text", "entities", "words"),
    [
        (AnswerNeed, "vous conseillez quel logiciel", [need("business_software")], "Je ne recommande"),
        (OfferChoices, "et batappli c'est bien ?", [], "Je ne recommande"),
        (OfferChoices, "vous pouvez le faire pour moi ?", [], "je ne fais pas ce travail"),
        (OfferChoices, "ça prend combien de temps", [], "pas de durée vérifiée"),
    ],
)
async def test_what_is_not_done_here_is_said_with_whom_to_call(shipped, action, text, entities, words):
    first, *_ = await asked_for(shipped, "business_software")
    (said,) = await shipped.run(action, text=text, ranking=["need_website"], entities=entities)
    assert words in said["text"]
    assert first["custom"]["items"][0]["name"] in said["text"]


async def test_the_first_question_about_software_has_its_contacts(shipped):
    first, *_ = await asked_for(shipped, "business_software", "vous conseillez quel logiciel ?")
    assert first["custom"]["type"] == "contacts"


async def test_how_long_is_no_question_of_money(shipped):
    await asked_for(shipped, "website")
    await shipped.run(AskCost, text="combien de temps ça prend", intent="ask_cost")
    assert shipped.followup == "action_offer_choices"


async def test_who_leaves_to_call_may_keep_the_answers(shipped):
    await asked_for(shipped, "website")
    (said,) = await shipped.run(Courtesy, text="ok je les appelle", intent="help")
    assert "Entendu" in said["text"]
    assert said["buttons"]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("j'ai un bon de commande et la facture", "e_invoicing"),
        ("j'ai le devis signé et les mails", "business_software"),
    ],
)
async def test_papers_of_who_was_not_paid_are_no_other_need(shipped, text, sounds):
    await asked_for(shipped, "unpaid_abroad", "un client italien ne paie pas", a_country("IT"))
    (said,) = await shipped.run(AnswerNeed, text=text, entities=[need(sounds)])
    assert "Gardez ces papiers" in said["text"]


async def test_since_when_is_answered_by_the_rules(shipped):
    await asked_for(shipped, "e_invoicing")
    await shipped.run(RequestStatus, text="quand", intent="request_status")
    assert shipped.followup == "action_offer_choices"
    (said,) = await shipped.run(OfferChoices, text="quand", ranking=["need_visibility"])
    assert "e-invoicing-receive" in {fact["id"] for fact in said["custom"]["facts"]}


async def test_the_bank_of_who_was_attacked_is_no_lender(shipped):
    await asked_for(shipped, "cybersecurity", "on s'est fait pirater notre page")
    (said,) = await shipped.run(AnswerNeed, text="et la banque", entities=[need("loans")])
    assert {fact["id"] for fact in said["custom"]["facts"]} == {"cyber-first-reflexes"}


async def test_the_price_behind_aids_is_that_of_what_they_are_for(shipped):
    await asked_for(shipped, "website")
    await asked_for(shipped, "grants", "et les aides pour ça")
    said = await shipped.run(AskCost, text="combien je dois prévoir", intent="ask_cost")
    assert said[0]["custom"]["topic"] == "ask_cost"
    assert "site" in said[0]["text"].splitlines()[0]


async def test_a_rule_of_the_need_before_is_found_by_its_name(shipped):
    await asked_for(shipped, "cybersecurity", "un audit de sécurité")
    await asked_for(shipped, "grants", "des aides")
    (said,) = await shipped.run(OfferChoices, text="nis2 nous concerne ?", ranking=["need_loans"])
    assert {fact["id"] for fact in said["custom"]["facts"]} == {"nis2"}


async def test_to_be_enrolled_is_no_wish_to_be_forgotten(shipped):
    await asked_for(shipped, "training")
    await shipped.run(DeleteData, text="inscri moi", intent="delete_data")
    assert shipped.followup == "action_offer_choices"


async def test_aids_behind_a_need_are_first_those_that_pay_for_it(shipped):
    await asked_for(shipped, "export_prospecting", "vendre en Suisse", a_country("CH"))
    *_, aids = await asked_for(shipped, "grants", "et des aides ?")
    quimper = shipped.services.territories.get("commune", "29232")
    paying = {match.id for match in shipped.services.knowledge.funding("export_prospecting", quimper)}
    assert aids["custom"]["items"][0]["id"] in paying


async def test_what_to_do_behind_a_refused_loan_is_not_what_to_do_behind_an_attack(shipped):
    first, *_ = await asked_for(shipped, "loans", "ma banque me refuse un prêt")
    assert first["custom"]["items"][0]["id"] == "mediation-du-credit"
    await shipped.run(OfferChoices, text="que faire", ranking=["need_cybersecurity"])
    assert shipped.followup == "action_talk_to_human"


async def test_a_price_that_nobody_read_is_not_offered(shipped):
    await asked_for(shipped, "export_prospecting", "vendre en Suisse", a_country("CH"))
    (said,) = await shipped.run(OfferChoices, text="on a jamais exporté", ranking=["need_website"])
    assert not any("Prix" in button["title"] for button in said["buttons"])


async def test_a_bare_yes_takes_up_the_questions_that_were_offered(shipped):
    await asked_for(shipped, "diagnosis")
    await shipped.run(Affirm, text="oui", intent="affirm")
    assert shipped.followup == "action_diagnosis"


async def both_channels(shipped, text):
    entities = [need("online_store"), need("marketplace"), QUIMPER]
    return await shipped.run(AnswerNeed, text=text, intent="need_online_store", entities=entities)


async def test_who_wavers_between_two_ways_of_selling_compares_them(shipped):
    await both_channels(shipped, "sur internet ou sur amazon je sais pas")
    assert shipped.followup == "action_compare_sales_channels"


@pytest.mark.parametrize(
    ("action", "text"), [(AskDefinition, "c quoi la différence"), (Courtesy, "aidez moi a choisir")]
)
async def test_the_difference_between_two_ways_of_selling_is_compared(shipped, action, text):
    await both_channels(shipped, "une boutique, et vendre sur Amazon")
    await shipped.run(action, text=text, intent="help")
    assert shipped.followup == "action_compare_sales_channels"


async def test_a_debt_abroad_in_doubt_is_the_need(shipped):
    text = "La société allemande Müller GmbH refuse de payer 23 000 €"
    entities = [need("setup_abroad"), QUIMPER, a_country("DE")]
    first, *_ = await shipped.run(AnswerNeed, text=text, entities=entities, sure=False)
    assert first["custom"]["need"] == "unpaid_abroad"


async def test_who_gives_up_is_told_what_the_rules_say(shipped):
    await asked_for(shipped, "e_invoicing")
    await shipped.run(Deny, text="et si je laisse tomber", intent="deny")
    assert shipped.followup == "action_offer_choices"
