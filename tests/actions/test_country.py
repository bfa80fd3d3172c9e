import pytest

from actions.answer_need import AnswerNeed
from actions.take_information import TakeInformation
from actions.yes_and_no import Affirm, Deny
from tests.actions.conftest import QUIMPER, need

JAPAN = {"entity": "country", "value": "JP", "start": 0, "end": 5}
GERMANY = {"entity": "country", "value": "DE", "start": 0, "end": 9}


async def asked_for_the_country(conversation):
    messages = await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER]
    )
    assert [each["response"] for each in messages] == ["utter_ask_country"]
    assert [each["title"] for each in messages[0]["buttons"]] == ["Je ne sais pas encore", "Plusieurs pays"]
    assert conversation.slots["awaiting"] == "country"


async def test_the_country_is_asked_after_the_place_and_answers(conversation, knowledge):
    await conversation.run(AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad")])
    (question,) = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert question["response"] == "utter_ask_country"
    contacts, *_ = await conversation.run(TakeInformation, text="Japon", intent="inform", entities=[JAPAN])
    assert "n’est pas membre de l’Union européenne" in contacts["text"]
    assert knowledge.asked[-1][-1] == "JP"


async def test_never_more_than_two_questions(conversation):
    await conversation.run(AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad")])
    await conversation.run(TakeInformation, text="à Trifouillis", intent="inform")
    contacts, *_ = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert contacts["custom"]["type"] == "contacts"


async def test_a_country_told_with_the_need_is_not_asked_for(conversation):
    contacts, *_ = await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER, GERMANY]
    )
    assert "Ce pays est membre de l’Union européenne." in contacts["text"]


@pytest.mark.parametrize(
    "text", ["vendre dans plusieurs pays", "l'octroi de mer pour La Réunion", "en Europe"]
)
async def test_what_no_country_would_change_is_not_asked_for(conversation, text):
    contacts, *_ = await conversation.run(
        AnswerNeed, text=text, intent="need_customs_vat", entities=[need("customs_vat"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (TakeInformation, "Plusieurs pays", "inform"),
        (TakeInformation, "le Trifouillistan", "out_of_scope"),
        (Deny, "non", "deny"),
        (Affirm, "oui", "affirm"),
    ],
)
async def test_any_answer_without_a_country_is_the_last_question(conversation, action, text, intent):
    await asked_for_the_country(conversation)
    contacts, *_ = await conversation.run(action, text=text, intent=intent)
    assert contacts["custom"]["type"] == "contacts"
    again, *_ = await conversation.run(AnswerNeed, intent="need_customs_vat", entities=[need("customs_vat")])
    assert again["custom"]["need"] == "customs_vat"


async def test_a_place_corrected_while_the_country_is_awaited_is_kept(conversation):
    await asked_for_the_country(conversation)
    from tests.actions.test_take_information import RENNES

    (question,) = await conversation.run(TakeInformation, intent="correct", entities=[RENNES])
    assert "Quel pays" in question["text"]
    contacts, *_ = await conversation.run(TakeInformation, text="Japon", intent="inform", entities=[JAPAN])
    assert contacts["custom"]["territory"]["code"] == "35238"


async def test_needs_at_home_ask_for_no_country(conversation):
    contacts, *_ = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"
    assert "Union européenne" not in contacts["text"]
