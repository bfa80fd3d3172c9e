"""The same sentence is never said twice running."""

import pytest

from actions.again import key_of, unrepeated
from actions.answer_need import AnswerNeed
from actions.courtesy import RESPONSES, Courtesy
from actions.memory import Memory
from actions.messages import BotMessage
from actions.out_of_scope import OutOfScope
from tests.actions.conftest import QUIMPER, need


def words(message):
    return message.get("text") or message["response"]


@pytest.mark.parametrize("intent", sorted(RESPONSES))
async def test_a_courtesy_is_said_in_other_words_the_second_time(conversation, intent):
    said = [words(*await conversation.run(Courtesy, intent=intent)) for _ in range(4)]
    assert all(one != other for one, other in zip(said, said[1:], strict=False))


async def test_an_answer_that_was_just_given_is_shortened_and_keeps_its_card(conversation):
    facts = [need("website"), QUIMPER]
    first = await conversation.run(AnswerNeed, intent="need_website", entities=facts)
    again = await conversation.run(AnswerNeed, intent="need_website", entities=facts)
    assert [each["custom"]["items"] for each in first] == [each["custom"]["items"] for each in again]
    for one, other in zip(first, again, strict=True):
        assert other["text"].startswith("Comme je vous le disais")
        assert len(other["text"]) < len(one["text"])
    assert "Chambre d’essai 1\u00a0: 02 99 00 00 00" in again[0]["text"]


async def test_what_was_said_two_turns_ago_may_be_said_again(conversation):
    await conversation.run(OutOfScope, text="il pleut", intent="out_of_scope")
    await conversation.run(Courtesy, intent="thank")
    (message,) = await conversation.run(OutOfScope, text="il pleut", intent="out_of_scope")
    assert message["response"] == "utter_out_of_scope"


def test_the_open_question_of_a_form_is_kept_whole(conversation):
    question = BotMessage("Revenons à l'essai. Où vendez-vous ?")
    before, after = Memory(said=[key_of(question)]), Memory(awaiting="form")
    (said,), _ = unrepeated(conversation.services, [question], before, after)
    assert said.text != question.text
    assert "Où vendez-vous" in said.text


def test_a_sentence_that_announces_the_rest_keeps_it(conversation):
    prices = BotMessage("Prix relevés pour un site :\n– de 500 à 5 000 €.\n– plus l'hébergement.")
    (said,), _ = unrepeated(conversation.services, [prices], Memory(said=[key_of(prices)]), Memory())
    assert said.text.startswith("Comme je vous le disais : prix relevés")
    assert "de 500 à 5 000 €" in said.text.replace(" ", " ").replace(" ", " ")
    assert ":." not in said.text


def test_the_memory_holds_no_words():
    assert len(key_of(BotMessage("Bonjour Madame Durand."))) == 16
