"""Messenger: signature, quick replies, its window."""

import time

import pytest

from portal.channels.messenger import Messenger
from tests.portal.channels.line import WORDING, Line, answer
from tests.portal.channels.meta_calls import SECRET, VERIFY, call
from tests.portal.channels.providers import SendApi, graph_error

OWNER = "5550001"


@pytest.fixture
def api():
    return SendApi()


@pytest.fixture
def line(record, api):
    return Line(record, Messenger(api.client("https://graph.test/v24.0"), "token", SECRET, VERIFY, WORDING))


def event(at=None, sender=OWNER, **content):
    timestamp = int((at or time.time()) * 1000)
    return {"sender": {"id": sender}, "recipient": {"id": "PAGE"}, "timestamp": timestamp, **content}


def said(text, number=1, at=None, **more):
    return event(at, message={"mid": f"m_{number}", "text": text, **more})


async def receive(line, *events, secret=SECRET):
    body = {"object": "page", "entry": [{"id": "PAGE", "time": 1, "messaging": list(events)}]}
    return await call(line, body, secret, "messenger")


async def test_an_owner_is_answered(line, api):
    assert (await receive(line, said("bonjour"))).status_code == 200
    await line.work()
    assert api.texts[1:] == [answer("bonjour")]
    assert {post["recipient"]["id"] for post in api.posts} == {OWNER}


async def test_the_handshake_and_the_signature_are_asked_for(line):
    ask = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "42"}
    assert (await line.http.get("/webhooks/messenger", params=ask)).text == "42"
    assert (await receive(line, said("bonjour"), secret="other")).status_code == 403
    assert line.rows("inbound_events") == []


async def test_accents_are_signed_as_they_came(line):
    """Meta escapes them before it signs; the bytes of the body are what counts."""
    await receive(line, said("Je suis à Béziers"))
    await line.work()
    assert line.dialogue.said == ["Je suis à Béziers"]


async def test_batches_are_put_in_order_and_repeats_dropped(line):
    now = time.time()
    await receive(line, said("deux", 2, now), said("un", 1, now - 1), said("deux", 2, now))
    await line.work()
    assert line.dialogue.said == ["un", "deux"]


async def test_echoes_and_other_events_ask_for_no_answer(line):
    await receive(
        line,
        said("notre réponse", is_echo=True, app_id=1),
        event(read={"watermark": 1}),
        event(message={"text": "sans mid"}),
        event(reaction={"emoji": "x"}),
        {"message": {"mid": "x", "text": "de personne"}},
    )
    await call(line, {"object": "instagram", "entry": [{"messaging": [said("x")]}]}, SECRET, "messenger")
    assert line.rows("inbound_events") == []


async def test_quick_replies_and_buttons_say_their_words(line):
    await receive(line, said("Les aides…", quick_reply={"payload": "Les aides possibles"}))
    await receive(line, event(postback={"title": "Démarrer", "payload": "Bonjour", "mid": "m_7"}))
    await receive(line, event(postback={"title": "Les contacts"}))
    await line.work()
    assert line.dialogue.said == ["Les aides possibles", "Bonjour", "Les contacts"]


@pytest.mark.parametrize(
    ("attachment", "sentence"),
    [
        ({"type": "image", "payload": {"url": "x"}}, "image"),
        ({"type": "image", "payload": {"url": "x", "sticker_id": 369239263222822}}, "sticker"),
        ({"type": "audio", "payload": {"url": "x"}}, "voice"),
        ({"type": "location", "payload": {"coordinates": {}}}, "place"),
        ({"type": "file", "payload": {"url": "x"}}, "other"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence(line, api, attachment, sentence):
    await receive(line, event(message={"mid": "m_1", "attachments": [attachment]}))
    await line.work()
    assert api.texts == [WORDING.say("channels", sentence)]


async def test_the_preview_of_a_link_is_no_attachment(line):
    await receive(
        line, said("voyez https://example.org", attachments=[{"type": "fallback", "payload": None}])
    )
    await line.work()
    assert line.dialogue.said == ["voyez https://example.org"]


async def test_choices_are_quick_replies_thirteen_at_most(line, api):
    offered = [
        {"title": f"Choix numéro {number} de la liste", "payload": f"choix {number}"} for number in range(15)
    ]
    line.dialogue._messages = lambda text: [{"text": "Voici.", "buttons": offered}]
    await receive(line, said("bonjour"))
    await line.work()
    message = api.posts[-1]["message"]
    assert [each["payload"] for each in message["quick_replies"]] == [
        f"choix {number}" for number in range(13)
    ]
    assert message["text"].endswith("Choix numéro 13 de la liste ; Choix numéro 14 de la liste.")


async def test_long_texts_come_in_parts(line, api):
    text = "Une phrase assez longue pour remplir. " * 120
    line.dialogue._messages = lambda said: [{"text": text}]
    await receive(line, said("bonjour"))
    await line.work()
    assert " ".join(api.texts[1:]).split() == text.split()
    assert max(map(len, api.texts)) <= 2000


async def test_reports_are_noted(line, api):
    await receive(line, said("bonjour"))
    await line.work()
    await receive(
        line, event(delivery={"mids": ["m_OUT1"], "watermark": 1}), event(delivery={"watermark": 2})
    )
    assert line.states("outgoing_messages") == ["delivered", "sent"]


async def test_outside_the_window_nothing_is_sent(line, api):
    await receive(line, said("bonjour"))
    line.clock.advance(hours=25)
    await line.work()
    assert set(line.states("outgoing_messages")) == {"undeliverable"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((400, graph_error(10, 2018278)), "undeliverable"),
        ((400, graph_error(551, 1545041)), "failed"),
        ((400, graph_error(100, 2018001)), "failed"),
        ((400, graph_error(613)), "due"),
        ((400, graph_error(1200)), "due"),
        ((400, graph_error(190)), "due"),
        ((500, {}), "due"),
    ],
)
async def test_errors_are_tried_again_or_not(line, api, answer, state):
    api.script.append(answer)
    await receive(line, said("bonjour"))
    await line.work()
    assert line.states("outgoing_messages")[0] == state
