"""Telegram: secret, buttons, edited messages."""

import json
import time

import pytest

from portal.channels.telegram import Telegram
from tests.portal.channels.line import WORDING, Line, answer
from tests.portal.channels.providers import TelegramApi

SECRET = "secret-of-the-webhook"
OWNER = 700000001


@pytest.fixture
def api():
    return TelegramApi()


@pytest.fixture
def line(record, api):
    return Line(record, Telegram(api.client("https://telegram.test"), "12:token", SECRET, WORDING))


def message(text=None, number=1, chat=OWNER, kind="private", at=None, **more):
    content = {
        "message_id": number,
        "date": int(at or time.time()),
        "chat": {"id": chat, "type": kind},
    } | more
    return content | ({"text": text} if text is not None else {})


async def update(line, number, secret=SECRET, **content):
    return await line.http.post(
        "/webhooks/telegram",
        content=json.dumps({"update_id": number, **content}),
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )


async def test_an_owner_is_answered(line, api):
    assert (await update(line, 1, message=message("bonjour"))).status_code == 200
    await line.work()
    assert api.texts[1:] == [answer("bonjour")]
    assert {post["chat_id"] for post in api.posts} == {OWNER}
    assert line.states("outgoing_messages") == ["sent", "sent"]


@pytest.mark.parametrize("secret", ["", "other", "é"])
async def test_without_the_secret_nothing_is_taken(line, secret):
    call = await line.http.post(
        "/webhooks/telegram",
        content=b'{"update_id": 1}',
        headers={"X-Telegram-Bot-Api-Secret-Token": secret.encode()},
    )
    assert call.status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b'{"update_id": "x"}', b"{}"])
async def test_what_is_no_update_is_said_to_be_unreadable(line, body):
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    assert (await line.http.post("/webhooks/telegram", content=body, headers=headers)).status_code == 400


async def test_there_is_no_handshake(line):
    assert (await line.http.get("/webhooks/telegram")).status_code == 405


async def test_repeats_are_dropped_and_updates_put_in_order(line):
    await update(line, 12, message=message("trois", 3))
    await update(line, 10, message=message("un", 1))
    await update(line, 11, message=message("deux", 2))
    await update(line, 10, message=message("un", 1))
    await line.work()
    assert line.dialogue.said == ["un", "deux", "trois"]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_groups_are_left_alone(line, kind):
    await update(line, 1, message=message("bonjour", kind=kind))
    await update(line, 2, my_chat_member={"chat": {"id": 1, "type": "private"}})
    await update(line, 3, message={"chat": "x"})
    assert line.rows("inbound_events") == []


async def test_buttons_send_all_their_words_however_long(line, api):
    long = "Les aides qui peuvent payer une partie de la boutique en ligne"
    offered = [
        {"title": "D’autres contacts", "payload": "D’autres contacts"},
        {"title": long, "payload": long + " ?"},
    ]
    line.dialogue._messages = lambda text: [{"text": "Voici.", "buttons": offered}]
    await update(line, 1, message=message("bonjour"))
    await line.work()
    data = [row[0]["callback_data"] for row in api.posts[-1]["reply_markup"]["inline_keyboard"]]
    assert data[0] == "D’autres contacts"
    for number, each in enumerate(data, 2):
        query = {"id": f"q{number}", "data": each, "message": message("Voici.", 9)}
        reply = await update(line, number, callback_query=query)
        assert reply.json() == {"method": "answerCallbackQuery", "callback_query_id": f"q{number}"}
        await line.work()
    assert line.dialogue.said[1:] == ["D’autres contacts", long + " ?"]


async def test_an_edit_before_the_answer_replaces_the_message(line, api):
    await update(line, 1, message=message("Je suis à Qimper"))
    await update(line, 2, edited_message=message("Je suis à Quimper", edit_date=int(time.time())))
    await line.work()
    assert line.dialogue.said == ["Je suis à Quimper"]


async def test_an_edit_after_the_answer_is_answered_anew(line, api):
    await update(line, 1, message=message("Je suis à Qimper"))
    await line.work()
    await update(line, 2, edited_message=message("Je suis à Quimper"))
    await update(line, 3, edited_message=message("Je suis à Quimper"))
    await line.work()
    await update(line, 4, edited_message=message("Je suis à Quimper"))
    await line.work()
    assert line.dialogue.said == ["Je suis à Qimper", "Je suis à Quimper"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"photo": [{"file_id": "x"}]}, "image"),
        ({"voice": {"file_id": "x"}}, "voice"),
        ({"sticker": {"file_id": "x"}}, "sticker"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "place"),
        ({"animation": {}, "document": {}}, "other"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence(line, api, content, sentence):
    await update(line, 1, message=message(**content))
    await line.work()
    assert api.texts == [WORDING.say("channels", sentence)]


async def test_start_is_a_greeting(line):
    await update(line, 1, message=message("/start campagne"))
    await line.work()
    assert line.dialogue.said == ["Bonjour"]


async def test_long_texts_come_in_parts(line, api):
    text = "Une phrase assez longue pour remplir. " * 250
    line.dialogue._messages = lambda said: [{"text": text}]
    await update(line, 1, message=message("bonjour"))
    await line.work()
    assert len(api.posts) == 4
    assert " ".join(api.texts[1:]).split() == text.split()


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (
            403,
            {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
            "failed",
        ),
        (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, "failed"),
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "due"),
        (502, {}, "due"),
    ],
)
async def test_errors_are_tried_again_or_not(line, api, status, body, state):
    api.script.append((status, body))
    await update(line, 1, message=message("bonjour"))
    await line.work()
    assert line.states("outgoing_messages")[0] == state


async def test_the_pause_that_telegram_asks_for_is_kept(line, api):
    api.script.append((429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 35}}))
    await update(line, 1, message=message("bonjour"))
    await line.work()
    line.clock.advance(seconds=20)
    await line.work()
    assert api.posts == []
    line.clock.advance(seconds=16)
    await line.work()
    assert len(api.posts) == 2
