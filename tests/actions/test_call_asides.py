"""What is asked beside the questions of a request, and what a call is about in words."""

import pytest

from actions.answer_question import AnswerQuestion
from actions.talk_to_human import TalkToHuman
from tests.actions.talking import say, up_to


async def test_when_the_call_comes_is_said_and_the_question_asked_again(talk):
    await up_to(talk, "name")
    said, _ = await say(talk, "vous rappelez quand ?", "talk_to_human")
    assert said.startswith("utter_when_called")
    assert "à quel nom" in said.lower()
    assert talk.slots["form"]["question"] == "name"


@pytest.mark.parametrize(
    ("open_question", "left"), [("need", "7"), ("name", "5"), ("reach", "4"), ("summary", "2")]
)
async def test_how_many_questions_are_left_is_said_and_the_question_asked_again(talk, open_question, left):
    await up_to(talk, open_question)
    said, _ = await say(talk, "encore combien de questions ?", "help")
    assert said.startswith(f"Il reste {left} questions.")
    assert talk.slots["form"]["question"] == open_question


async def test_those_behind_a_yes_are_counted_before_it(talk):
    await say(talk, "je veux parler à quelqu'un", "talk_to_human", TalkToHuman)
    said, _ = await say(talk, "il y a combien de questions", "help")
    assert said.startswith("Il reste 8 questions.")


async def test_another_country_is_answered_while_a_call_is_offered(talk):
    talk.slots |= {"need": "export_prospecting", "country": "DE", "markets": ["DE"]}
    await say(talk, "je veux qu'on me rappelle", "talk_to_human", TalkToHuman)
    italy = {"entity": "country", "value": "IT", "start": 8, "end": 16}
    await talk.run(AnswerQuestion, text="et pour l'Italie ?", intent="inform", entities=[italy])
    assert talk.followup == "action_take_information"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("rappelez moi pr un prêt", "loans"),
        ("un conseiller pour un contrat en Allemagne", "contracts_abroad"),
        ("un conseiller pour un contrat", None),
        ("un prêt ou une subvention, rappelez-moi", None),
    ],
)
async def test_words_name_the_subject_that_was_not_understood_for_sure(talk, text, subject):
    germany = {"entity": "country", "value": "DE", "start": 0, "end": 0}
    entities = [germany] if "Allemagne" in text else []
    await say(talk, text, "talk_to_human", TalkToHuman, entities=entities)
    assert talk.slots.get("need") == subject
