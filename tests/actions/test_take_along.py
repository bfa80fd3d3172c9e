from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.answer_question import AnswerQuestion
from actions.courtesy import Courtesy
from actions.diagnosis import Diagnosis
from actions.take_along import TakeAlong
from conversations.bootstrap import open_answer_post
from conversations.errors import RecordUnreachable
from conversations.log import ConversationLog
from conversations.outbox import Outbox
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions
from tests.actions.talking import EMAIL, Entities, say

BUTTON = "Recevoir ces réponses par e-mail"
CARD = {"type": "contacts", "need": "website", "items": [{"id": "cci-essai"}]}


@pytest.fixture
def along(talk, record, clock):
    """A conversation that has been answered something, where mail is sent."""
    log = ConversationLog(record, clock)
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "un site")
    log.answer(turn, [{"text": "Voici la CCI d’essai.", "custom": CARD}], {})
    talk.services = replace(talk.services, answer_post=open_answer_post(record, clock))
    talk.sender = conversation.id
    return talk


def mails(record):
    with Transactions(record).read() as session:
        return [(row.recipient, row.kind, row.body) for row in session.scalars(select(OutboxRow))]


async def asked(along):
    said, _ = await say(along, BUTTON, "", TakeAlong)
    assert along.slots["form"]["name"] == "take_along"
    return said


async def test_one_question_says_what_is_sent_and_what_becomes_of_the_address(along, record):
    said = await asked(along)
    assert "une seule fois" in said
    assert "En la donnant, vous acceptez cet envoi" in said
    assert mails(record) == []


async def test_the_answers_are_sent_and_the_address_is_in_no_slot(along, record):
    await asked(along)
    said, _ = await say(along, EMAIL, entities=[Entities.email()])
    assert f"partent vers {EMAIL}" in said
    ((recipient, kind, body),) = mails(record)
    assert (recipient, kind) == (EMAIL, "answers")
    assert "Voici la CCI d’essai." in body
    assert EMAIL not in str(along.slots)


async def test_answers_that_come_back_are_told_once_at_the_next_message(along, record, clock):
    await asked(along)
    await say(along, EMAIL, entities=[Entities.email()])
    outbox = Outbox(Transactions(record), clock)
    mail = outbox.claim()
    outbox.sent(mail)
    said, _ = await say(along, "merci", "thank", Courtesy)
    assert "n'a pas pu être remis" not in said
    outbox.bounced(mail.id, "returned 5.1.1")
    said, messages = await say(along, "merci", "thank", Courtesy)
    assert said.startswith("L'e-mail avec vos réponses n'a pas pu être remis")
    assert messages[0]["buttons"][0]["title"] == BUTTON
    said, _ = await say(along, "merci", "thank", Courtesy)
    assert "n'a pas pu être remis" not in said


@pytest.mark.parametrize(("text", "intent"), [("Ne rien envoyer", "deny"), ("non", "deny")])
async def test_a_refusal_sends_nothing(along, record, text, intent):
    await asked(along)
    said, _ = await say(along, text, intent)
    assert said == "utter_take_along_not_sent"
    assert mails(record) == []


async def test_nonsense_twice_sends_nothing(along, record):
    await asked(along)
    said, _ = await say(along, "bleu", "out_of_scope")
    assert "Je n'ai pas trouvé d'adresse" in said
    said, _ = await say(along, "vert", "out_of_scope")
    assert "utter_take_along_not_sent" in said
    assert mails(record) == []


async def test_an_address_that_looks_mistyped_is_asked_for_again(along, record):
    await asked(along)
    said, _ = await say(along, "anne@gmial.com")
    assert "gmail.com" in said
    await say(along, "anne@gmail.com")
    assert [recipient for recipient, _, _ in mails(record)] == ["anne@gmail.com"]


async def test_an_address_told_before_is_offered(along, record):
    along.slots["contact"] = {"email": EMAIL}
    assert f"Répondez « oui » pour {EMAIL}" in await asked(along)
    await say(along, "oui", "affirm")
    assert [recipient for recipient, _, _ in mails(record)] == [EMAIL]


async def test_without_answers_there_is_nothing_to_send(along):
    along.sender = "essai"
    said, _ = await say(along, BUTTON, "", TakeAlong)
    assert said == "utter_take_along_nothing"


async def test_without_a_mail_server_the_page_to_print_is_offered(conversation):
    said, (message,) = await say(conversation, BUTTON, "", TakeAlong)
    assert said == "utter_take_along_no_mail"
    assert message["custom"]["url"] == "/conversation/imprimer"


async def test_printing_needs_no_mail(along):
    said, (message,) = await say(along, "Imprimer ces réponses", "", TakeAlong)
    assert said == "utter_take_along_print"
    assert message["custom"]["type"] == "take_along"


async def test_a_conversation_that_has_sent_its_fill_prints(along):
    for _ in range(3):
        along.services.answer_post.send(along.sender, EMAIL)
    said, _ = await say(along, BUTTON, "", TakeAlong)
    assert said == "utter_take_along_used_up"


class NoPost:
    def answers(self, conversation_id):
        return ["une réponse"]

    def used_up(self, conversation_id):
        return False

    def send(self, conversation_id, address):
        raise RecordUnreachable("down")


async def test_a_record_that_does_not_answer_is_said(along):
    along.services = replace(along.services, answer_post=NoPost())
    await asked(along)
    said, _ = await say(along, EMAIL, entities=[Entities.email()])
    assert said == "utter_take_along_unavailable"


async def test_another_question_in_between_leaves_the_form_open(along, record):
    await asked(along)
    await say(along, "bonjour", "greet", AnswerQuestion)
    assert along.followup == "action_courtesy"
    assert along.slots["form"]["name"] == "take_along"


async def test_who_leaves_with_answers_is_offered_to_take_them_along(conversation):
    (message,) = await conversation.run(Courtesy, text="merci", intent="thank")
    assert not message["buttons"]
    conversation.slots["shown"] = {"website": {"contacts": [0, 3], "funding": [0, 0]}}
    (message,) = await conversation.run(Courtesy, text="au revoir", intent="goodbye")
    (button,) = message["buttons"]
    assert button["payload"] == "Imprimer ces réponses"


async def test_the_greeting_and_the_answer_on_privacy_say_how_long(conversation):
    (message,) = await conversation.run(Courtesy, text="bonjour", intent="greet")
    assert message["days"] == 90
    (message,) = await conversation.run(Courtesy, text="et mes données ?", intent="privacy")
    assert (message["days"], message["request_days"]) == (90, 365)


async def test_questions_under_way_are_finished_first(along, record):
    await along.run(Diagnosis, text="faire le point", intent="need_diagnosis")
    for text, response in (
        (BUTTON, "utter_take_along_later"),
        ("Imprimer ces réponses", "utter_take_along_print"),
    ):
        said, messages = await say(along, text, "", TakeAlong)
        assert response in said
        assert len(messages) == 2, "the open question is asked again"
        assert along.slots["form"]["name"] == "diagnosis"


async def test_the_button_pressed_twice_asks_once_more(along):
    await asked(along)
    said, messages = await say(along, BUTTON, "", TakeAlong)
    assert len(messages) == 1
    assert "À quelle adresse" in said
