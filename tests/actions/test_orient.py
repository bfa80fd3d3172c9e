import pytest

from actions.answer_need import AnswerNeed
from actions.courtesy import Courtesy
from actions.offer_choices import OfferChoices
from actions.out_of_scope import OutOfScope
from actions.session import SessionStart
from actions.take_information import TakeInformation
from actions.yes_and_no import Affirm, Deny
from tests.actions.conftest import QUIMPER, SAINT_DENIS, need


async def test_who_greets_and_says_where_is_asked_for_the_need_there(conversation):
    text = "bonjour je tiens une boulangerie à Quimper"
    (question,) = await conversation.run(Courtesy, text=text, intent="greet", entities=[QUIMPER])
    assert question["response"] == "utter_ask_need_at"
    assert conversation.slots["place"]["code"] == "29232"


async def test_doubt_offers_the_three_likeliest_needs(conversation):
    ranking = ["need_grants", "greet", "need_loans", "need_website", "need_payroll"]
    (offer,) = await conversation.run(OfferChoices, intent="need_grants", ranking=ranking)
    titles = [button["title"] for button in offer["buttons"]]
    assert titles[:3] == [
        "Trouver une aide ou une subvention",
        "Trouver un prêt ou une garantie",
        "Créer ou refaire un site internet",
    ]
    assert all(title in offer["text"] for title in titles[:3])


async def test_empty_message_is_answered_as_such(conversation):
    (empty,) = await conversation.run(OutOfScope, text="  ", intent="out_of_scope")
    (other,) = await conversation.run(OutOfScope, text="quel temps fait-il", intent="out_of_scope")
    assert (empty["response"], other["response"]) == ("utter_empty_message", "utter_out_of_scope")


async def test_no_place_given_is_answered_without(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    contacts, *_ = await conversation.run(Deny, intent="deny")
    assert contacts["custom"]["territory"] is None


async def test_yes_to_an_open_question_asks_it_again(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    (question,) = await conversation.run(Affirm, intent="affirm")
    assert "votre code postal" in question["text"]  # in other words than before


async def test_page_that_knows_place_and_need_is_answered_at_once(conversation):
    conversation.slots["session_started_metadata"] = {
        "greet": True,
        "territory": "Quimper",
        "need": "website",
    }
    greeting, contacts, *_ = await conversation.run(SessionStart)
    assert greeting["response"] == "utter_greet"
    assert contacts["custom"]["territory"]["code"] == "29232"


async def test_page_that_knows_nonsense_is_greeted(conversation):
    conversation.slots["session_started_metadata"] = {"greet": True, "territory": "xyz", "need": "nope"}
    _, question = await conversation.run(SessionStart)
    assert question["response"] == "utter_ask_need"


async def test_session_of_a_messaging_channel_says_nothing(conversation):
    assert await conversation.run(SessionStart) == []


async def test_no_place_after_all_forgets_the_old_one(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    await conversation.run(TakeInformation, text="Changer de lieu", intent="correct")
    contacts, *_ = await conversation.run(Deny, intent="deny")
    assert contacts["custom"]["territory"] is None


async def test_no_to_an_ambiguous_place_without_a_need_is_no_trap(conversation):
    await conversation.run(TakeInformation, intent="inform", entities=[SAINT_DENIS])
    _, question = await conversation.run(Deny, intent="deny")
    assert question["response"] == "utter_ask_need"


@pytest.mark.parametrize("territory", [{"level": "commune", "code": "29232", "name": "Quimper"}, "Quimper"])
async def test_page_gives_its_place_by_code_or_in_words(conversation, territory):
    conversation.slots["session_started_metadata"] = {"greet": True, "territory": territory, "need": None}
    _, question = await conversation.run(SessionStart)
    assert question["response"] == "utter_ask_need_at"


@pytest.mark.parametrize("territory", [{"level": "commune", "code": "00000"}, {"level": "planet"}, {}])
async def test_page_with_a_place_that_does_not_exist_is_greeted(conversation, territory):
    conversation.slots["session_started_metadata"] = {"greet": True, "territory": territory}
    _, question = await conversation.run(SessionStart)
    assert question["response"] == "utter_ask_need"


async def test_another_language_is_answered_in_french_with_what_it_sounds_like(conversation):
    english = "I would like to build a website for my small bakery"
    (answer,) = await conversation.run(
        OutOfScope, text=english, intent="out_of_scope", ranking=["out_of_scope", "need_website"]
    )
    assert answer["response"] == "utter_other_language"
    assert answer["buttons"][0]["title"] == "Créer ou refaire un site internet"


async def test_a_need_in_another_language_is_answered_all_the_same(conversation):
    english = "I would like to build a website for my small bakery"
    first, *rest = await conversation.run(
        AnswerNeed, text=english, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert first["response"] == "utter_other_language"
    assert rest[0]["custom"]["type"] == "contacts"
