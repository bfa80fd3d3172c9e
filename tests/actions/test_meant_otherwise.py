"""Messages behind an answer that sound like another need or another act than the one that is meant."""

import pytest

from actions.answer_need import AnswerNeed
from actions.ask_definition import AskDefinition
from actions.ask_why import AskWhy
from actions.courtesy import Courtesy
from actions.offer_choices import OfferChoices
from actions.yes_and_no import Deny
from tests.actions.conftest import Conversation, a_country, location, need
from tests.actions.shipped import asked_for, shipped_services

STRASBOURG = location("Strasbourg", "67482", departement="67", region="44")
GRANTS = [need("grants")]


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


async def test_who_asks_who_helps_and_says_where_keeps_the_need_at_hand(shipped):
    await shipped.run(AnswerNeed, text="la TVA en Allemagne", entities=[need("customs_vat")])
    await shipped.run(
        AnswerNeed, text="qui peut nous aider, on est à Strasbourg", entities=[*GRANTS, STRASBOURG]
    )
    assert shipped.followup == "action_take_information"


@pytest.mark.parametrize(
    "text", ["une aide, on est à Strasbourg", "qui peut nous aider pour une subvention à Strasbourg"]
)
async def test_who_asks_for_money_is_answered_with_money(shipped, text):
    await shipped.run(AnswerNeed, text="la TVA en Allemagne", entities=[need("customs_vat")])
    await shipped.run(AnswerNeed, text=text, entities=[*GRANTS, STRASBOURG])
    assert shipped.followup is None
    assert shipped.slots["need"] == "grants"


async def test_what_one_has_a_right_to_is_aid_for_the_need_at_hand(shipped):
    await asked_for(shipped, "online_store")
    await shipped.run(OfferChoices, text="j'ai droit à quoi", ranking=["need_loans"])
    assert shipped.followup == "action_answer_need"
    await shipped.run(AnswerNeed, text="j'ai droit à quoi", intent="need_loans")
    assert (shipped.slots["need"], shipped.slots["project"]) == ("grants", "online_store")


async def test_nothing_is_a_right_before_a_need_is_known(shipped):
    await shipped.run(OfferChoices, text="j'ai droit à quoi", ranking=["need_loans"])
    assert shipped.followup is None


async def test_how_to_choose_is_no_question_about_the_contacts(shipped):
    await asked_for(shipped, "e_invoicing")
    await shipped.run(AskWhy, text="j'en choisis une comment", intent="ask_why")
    assert shipped.followup == "action_offer_choices"
    (said,) = await shipped.run(OfferChoices, text="j'en choisis une comment", ranking=["need_training"])
    assert said["text"].startswith("Je ne recommande")


async def test_who_thinks_it_over_is_let_go(shipped):
    await asked_for(shipped, "website")
    await shipped.run(Deny, text="non merci je préfère réfléchir", intent="deny")
    assert shipped.followup == "action_courtesy"
    (said,) = await shipped.run(Courtesy, text="non merci je préfère réfléchir", intent="deny")
    assert said["text"].startswith("Entendu.")


async def test_a_difference_that_sounds_like_a_need_is_explained(shipped):
    text = "quelle différence entre FEDER et subvention ?"
    await shipped.run(AnswerNeed, text=text, intent="need_grants", entities=GRANTS)
    assert shipped.followup == "action_ask_definition"
    said, *_ = await shipped.run(AskDefinition, text=text, intent="need_grants", entities=GRANTS)
    assert shipped.followup is None
    assert said["text"].startswith("FEDER")


@pytest.mark.parametrize("text", ["je veux comparer des CRM", "un CRM différent de Sage"])
async def test_a_wish_to_compare_stays_a_need(shipped, text):
    await shipped.run(
        AnswerNeed, text=text, intent="need_business_software", entities=[need("business_software")]
    )
    assert shipped.followup is None


async def test_a_need_that_is_named_is_what_one_has_a_right_for(shipped):
    await asked_for(shipped, "visibility")
    await asked_for(shipped, "website", "et pour un site j'ai droit à quoi")
    assert shipped.slots["need"] == "website"


async def test_a_difference_between_unknown_words_stays_a_need(shipped):
    text = "une aide différente de la première"
    await shipped.run(AnswerNeed, text=text, intent="need_grants", entities=GRANTS)
    assert shipped.followup is None


async def test_a_banker_who_says_no_leads_to_the_mediator(shipped):
    await asked_for(shipped, "loans")
    said, *_ = await asked_for(shipped, "loans", "mon banquier dit non")
    assert said["custom"]["items"][0]["id"] == "mediation-du-credit"


EVERYTHING = "on crée une boutique de vélos, il nous faut tout : site, caisse"


@pytest.mark.parametrize(
    ("text", "sure", "needs"),
    [
        (EVERYTHING, False, ["website"]),
        (EVERYTHING, True, ["loans", "website"]),
        (f"{EVERYTHING}, un prêt", False, ["loans", "website"]),
        ("on crée une boutique de vélos, il nous faut tout", False, ["loans", "website"]),
    ],
)
async def test_money_that_is_not_named_gives_way_to_what_is(shipped, text, sure, needs):
    entities = [need("loans"), need("website"), STRASBOURG]
    await shipped.run(AnswerNeed, text=text, intent="need_loans", entities=entities, sure=sure)
    assert [shipped.slots["need"], *shipped.slots.get("other_needs", [])] == needs


async def test_what_was_offered_is_accepted_in_other_words(shipped):
    await asked_for(shipped, "diagnosis")
    await shipped.run(OfferChoices, text="d'accord faisons le diagnostic", ranking=["need_diagnosis"])
    assert shipped.followup == "action_diagnosis"


@pytest.mark.parametrize(
    ("text", "sure", "kept"),
    [
        ("quels papiers", False, "unpaid_abroad"),
        ("quels papiers", True, "customs_vat"),
        ("quelle TVA", False, "customs_vat"),
        ("je veux quels papiers", False, "customs_vat"),
    ],
)
async def test_a_doubtful_question_before_the_place_is_about_the_need_at_hand(shipped, text, sure, kept):
    spain = a_country("ES")
    await shipped.run(AnswerNeed, text="client espagnol a pas payé", entities=[need("unpaid_abroad"), spain])
    assert shipped.slots["awaiting"] == "place"
    await shipped.run(
        AnswerNeed, text=text, intent="need_customs_vat", entities=[need("customs_vat")], sure=sure
    )
    assert shipped.slots["need"] == kept
