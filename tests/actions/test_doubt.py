from actions.answer_need import AnswerNeed
from actions.courtesy import Courtesy
from actions.offer_choices import OfferChoices
from actions.out_of_scope import OutOfScope
from tests.actions.conftest import QUIMPER, need

RANKING = [
    "need_website",
    "greet",
    "need_loans",
    "need_payroll",
    "need_training",
    "need_grants",
    "need_diagnosis",
]


def titles(message):
    return [button["title"] for button in message["buttons"]]


async def doubt(conversation):
    (message,) = await conversation.run(OfferChoices, text="heu le truc", ranking=RANKING)
    return message


async def test_the_second_doubt_in_a_row_gives_people_to_call(conversation):
    first = await doubt(conversation)
    assert len(titles(first)) == 4
    second = await doubt(conversation)
    assert second["custom"]["type"] == "contacts"
    assert second["custom"]["need"] is None
    assert "Chambre d’essai 1" in second["text"]
    assert titles(second) == ["Parler à un conseiller", "Que pouvez-vous faire ?".replace(" ?", "\u202f?")]


async def test_a_message_that_is_understood_begins_the_count_anew(conversation):
    await doubt(conversation)
    await conversation.run(Courtesy, intent="thank")
    again = await doubt(conversation)
    assert again["custom"] == {}
    assert conversation.slots["doubts"] == 1


async def test_needs_that_were_just_refused_are_not_offered_again(conversation):
    first = await doubt(conversation)
    await conversation.run(Courtesy, intent="thank")
    again = await doubt(conversation)
    assert set(titles(first)[:3]).isdisjoint(titles(again)[:3])


async def test_a_need_that_is_answered_clears_what_was_offered(conversation):
    await doubt(conversation)
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    assert conversation.slots["offered"] == []
    assert len(titles(await doubt(conversation))) == 4


async def test_out_of_scope_gives_examples(conversation):
    (message,) = await conversation.run(OutOfScope, text="il fait beau ?", intent="out_of_scope")
    assert message["response"] == "utter_out_of_scope"
    assert len(titles(message)) == 4
