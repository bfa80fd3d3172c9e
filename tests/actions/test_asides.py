"""Short questions about the answer before them."""

import pytest

from actions.answer_need import AnswerNeed
from actions.ask_cost import AskCost
from actions.ask_definition import AskDefinition
from actions.offer_choices import OfferChoices
from actions.payment_worries import PaymentWorries
from actions.request_status import RequestStatus
from tests.actions.conftest import Conversation, need
from tests.actions.shipped import asked_for, shipped_services

STATUS = "request_status"


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.mark.parametrize("action", [OfferChoices, AnswerNeed])
async def test_how_the_schemes_that_were_shown_are_applied_for(shipped, action):
    shown = await asked_for(shipped, "grants")
    titles = [item["title"] for each in shown for item in each["custom"]["items"] if "funder" in item]
    text = "et pour le dossier je fais comment"
    (said,) = await shipped.run(action, text=text, intent="need_grants", entities=[need("grants")])
    assert titles
    assert all(title in said["text"] for title in titles)
    assert "Site :" in said["text"].replace("\u00a0", " ")


async def test_without_schemes_nothing_is_applied_for(shipped):
    (said,) = await shipped.run(
        OfferChoices, text="et pour le dossier je fais comment", ranking=["need_grants"]
    )
    assert "Pour demander" not in said["text"]


async def test_conditions_are_the_reasons_of_the_schemes(shipped):
    await asked_for(shipped, "grants")
    await shipped.run(AskDefinition, text="c'est quoi les conditions ?", intent="ask_definition")
    assert shipped.followup == "action_ask_why"


@pytest.mark.parametrize("action", [PaymentWorries, OfferChoices])
async def test_who_does_nothing_is_told_what_the_rules_say(shipped, action):
    await asked_for(shipped, "e_invoicing")
    (said,) = await shipped.run(action, text="et si je le fais pas ?", ranking=["need_loans"])
    assert {fact["id"] for fact in said["custom"]["facts"]} & {
        "e-invoicing-penalty-invoice",
        "e-invoicing-penalty-platform",
    }


async def test_what_is_left_to_pay_is_worked_out_from_the_schemes(shipped):
    await asked_for(shipped, "grants")
    await shipped.run(AskCost, text="combien il me reste à payer", intent="ask_cost")
    assert shipped.followup == "action_estimate"


async def test_whether_a_ransom_must_be_paid_is_no_question_of_prices(shipped):
    await asked_for(shipped, "cybersecurity", "ordi bloqué, ils demandent une rançon")
    (said,) = await shipped.run(AskCost, text="je dois payer ?", intent="ask_cost")
    assert "cyber-first-reflexes" in [fact["id"] for fact in said["custom"]["facts"]]


async def test_a_question_behind_an_answer_is_not_about_a_request_that_nobody_made(shipped):
    await asked_for(shipped, "grants")
    await shipped.run(RequestStatus, text="c'est long ?", intent=STATUS)
    assert shipped.followup == "action_offer_choices"
