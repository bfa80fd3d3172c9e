"""A conversation about a request for advice, for the tests of what belongs to it."""

from actions.answer_question import AnswerQuestion
from actions.talk_to_human import TalkToHuman
from tests.actions.conftest import QUIMPER, need

EMAIL = "anne@atelier.example"


class Entities:
    @staticmethod
    def email(value=EMAIL):
        return {"entity": "email", "value": value, "start": 0, "end": len(value)}

    @staticmethod
    def phone(value="+33612345678"):
        return {"entity": "phone", "value": value, "start": 0, "end": 14}


def plain(text):
    return (text or "").replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


async def say(talk, text, intent="inform", action=AnswerQuestion, **more):
    messages = await talk.run(action, text=text, intent=intent, **more)
    return plain("\n".join(message["text"] or message["response"] for message in messages)), messages


async def up_to(talk, question):
    """Answer everything before `question`; return what was said last."""
    steps = {
        "need": lambda: say(talk, "Oui, transmettre une demande", "affirm"),
        "place": lambda: say(talk, "un site", "need_website", entities=[need("website")]),
        "name": lambda: say(talk, "à Quimper", entities=[QUIMPER]),
        "reach": lambda: say(talk, "Anne Le Gall"),
        "moment": lambda: say(talk, EMAIL, entities=[Entities.email()]),
        "summary": lambda: say(talk, "le matin"),
        "consent": lambda: say(talk, "C'est exact", "affirm"),
    }
    said, _ = await say(talk, "je veux parler à quelqu'un", "talk_to_human", TalkToHuman)
    for key, step in steps.items():
        said, _ = await step()
        if key == question:
            break
    assert talk.slots["form"]["question"] == question
    return said


def requests(talk):
    return talk.services.requests.of_conversation("essai")
