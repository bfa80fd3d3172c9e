"""Words of the cues that mean something else where they stand: nothing of what was asked is lost to them."""

import pytest

from actions.answer_need import AnswerNeed
from actions.ask_cost import AskCost
from actions.delete_data import DeleteData
from actions.feedback_negative import FeedbackNegative
from actions.offer_choices import OfferChoices
from actions.yes_and_no import Affirm
from tests.actions.conftest import Conversation, need
from tests.actions.shipped import asked_for, shipped_services


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.mark.parametrize(
    "text", ["supprimez mes données, combien de temps ça prend", "effacez tout, c'est fiable ?"]
)
async def test_a_wish_to_be_forgotten_is_asked_about_whatever_else_it_asks(shipped, text):
    await asked_for(shipped, "website")
    await shipped.run(DeleteData, text=text, intent="delete_data")
    assert shipped.followup is None
    assert shipped.slots["form"]["name"] == "delete_data"


@pytest.mark.parametrize("text", ["ok", "merci bien", "d'accord"])
async def test_who_only_nods_is_asked_no_eight_questions(shipped, text):
    await asked_for(shipped, "diagnosis")
    await shipped.run(Affirm, text=text, intent="affirm")
    assert shipped.followup is None


async def test_questions_that_were_answered_are_not_asked_again(shipped):
    await asked_for(shipped, "diagnosis")
    shipped.slots["results"] = {"diagnosis": {}}
    await shipped.run(Affirm, text="oui", intent="affirm")
    assert shipped.followup is None


@pytest.mark.parametrize("text", ["je cherche un prêt à la banque", "un prêt de la banque"])
async def test_a_need_behind_an_attack_is_one(shipped, text):
    await asked_for(shipped, "cybersecurity", "on s'est fait pirater notre page")
    said = await shipped.run(AnswerNeed, text=text, entities=[need("loans")])
    assert said[0]["custom"]["need"] == "loans"


async def test_what_to_do_for_the_file_is_told(shipped):
    await asked_for(shipped, "grants")
    (said,) = await shipped.run(OfferChoices, text="et pour le dossier je fais quoi", ranking=["need_loans"])
    assert shipped.followup is None
    assert "Pour demander" in said["text"]


async def test_a_price_needs_a_need_at_hand(shipped):
    await asked_for(shipped, "website")
    await shipped.run(FeedbackNegative, text="Un autre besoin", intent="feedback_negative")
    (said,) = await shipped.run(AskCost, text="combien je dois prévoir", intent="ask_cost")
    assert "De quel prix" in said["text"]
