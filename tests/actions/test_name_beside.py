"""A name that comes with a number is not asked for again."""

import pytest

from actions.answer_question import AnswerQuestion
from actions.talk_to_human import TalkToHuman
from tests.actions.talking import say

NUMBER = "06 12 34 56 78"
KNOWN = {"need": "website", "place": {"level": "commune", "code": "29232"}}


def phone_in(text):
    start = text.index(NUMBER)
    return {"entity": "phone", "value": "+33612345678", "start": start, "end": start + len(NUMBER)}


async def ask_for_a_person(talk, text):
    talk.slots |= KNOWN
    return await say(talk, text, "talk_to_human", TalkToHuman, entities=[phone_in(text)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"rappelez-moi au {NUMBER}, Paul Weber", "Paul Weber"),
        (f"Anne-Marie Hoarau - {NUMBER} - merci", "Anne-Marie Hoarau"),
        (f"{NUMBER} je m'appelle anne le gall", "anne le gall"),
        (f"à partir de 18 h au {NUMBER}. Karim Benali, carreleur", "Karim Benali"),
    ],
)
async def test_the_name_is_taken(talk, text, name):
    await ask_for_a_person(talk, text)
    assert talk.slots["form"]["answers"]["name"] == name
    assert talk.slots["form"]["question"] == "moment"


async def test_a_name_behind_the_yes_is_taken(talk):
    talk.slots |= KNOWN
    await say(talk, "je veux parler à quelqu'un", "talk_to_human", TalkToHuman)
    await say(talk, "oui, Paul Weber", "affirm")
    assert talk.slots["form"]["answers"]["name"] == "Paul Weber"
    assert talk.slots["form"]["question"] == "reach"


@pytest.mark.parametrize(
    "text",
    [
        f"rappelez-moi au {NUMBER}",
        f"c'est urgent, {NUMBER}, merci beaucoup",
        f"je travaille avec Paul Weber et je veux qu'on m'appelle au {NUMBER}",
        f"Paul Weber ou Anne Hoarau : Paul Weber, Anne Hoarau, {NUMBER}",
        f"{NUMBER}, Saint-Denis",
    ],
)
async def test_what_is_no_name_for_sure_is_asked_for(talk, text):
    await ask_for_a_person(talk, text)
    assert "name" not in talk.slots["form"]["answers"]
    assert talk.slots["form"]["question"] == "name"


async def test_a_number_given_with_the_name_that_was_asked_for_is_no_misunderstanding(talk):
    await ask_for_a_person(talk, f"rappelez-moi au {NUMBER}")
    text = f"Paul Weber, {NUMBER}"
    await say(talk, text, "inform", AnswerQuestion, entities=[phone_in(text)])
    assert talk.slots["form"]["answers"]["name"] == "Paul Weber"
