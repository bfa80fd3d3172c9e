"""WhatsApp from the owner's message to the answer on their telephone."""

import time

import pytest

from tests.portal.channels import meta_calls
from tests.portal.channels.line import WORDING
from tests.portal.channels.meta_calls import OWNER, VERIFY, call, receive, said
from tests.portal.fakes import CONTACTS_TEXT

INTRO = WORDING.say("channels", "intro", days=180)


# --- the webhook ---


async def test_the_address_is_confirmed_to_who_knows_our_word(line):
    ask = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = await line.http.get("/webhooks/whatsapp", params=ask)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "unsubscribe"}, {"hub.verify_token": "é"}):
        assert (await line.http.get("/webhooks/whatsapp", params=ask | wrong)).status_code == 403
    assert (await line.http.get("/webhooks/whatsapp")).status_code == 403


async def test_an_owner_is_answered(line, cloud):
    assert (await receive(line, said("un site"))).status_code == 200
    assert cloud.posts == []  # acknowledged first
    await line.work()
    assert cloud.texts == [INTRO, CONTACTS_TEXT]
    assert {post["to"] for post in cloud.posts} == {OWNER}
    assert line.states("inbound_events") == ["answered"]
    assert line.states("outgoing_messages") == ["sent", "sent"]


async def test_who_is_known_is_not_told_again_what_this_is(line, cloud):
    await receive(line, said("un site"))
    await line.work()
    await receive(line, said("merci", 2))
    await line.work()
    assert cloud.texts[2:] == ["Vous avez dit : merci"]
    assert len(line.rows("conversations")) == 1


async def test_a_wrong_signature_is_refused_and_nothing_is_stored(line):
    answer = await call(line, meta_calls.webhook(meta_calls.value(messages=[said("x")])), secret="other")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problemes/signature-refusee"
    assert (await line.http.post("/webhooks/whatsapp", content=b"{}")).status_code == 403
    assert line.rows("inbound_events") == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
async def test_what_is_signed_and_no_object_is_said_to_be_unreadable(line, body):
    headers = {"X-Hub-Signature-256": meta_calls.signature(body)}
    assert (await line.http.post("/webhooks/whatsapp", content=body, headers=headers)).status_code == 400


@pytest.mark.parametrize(
    "content",
    [
        {"messages": [{"id": "x"}, {"from": OWNER}, 3, None]},
        {"messages": {"a": 1}},
        {
            "statuses": [
                {},
                {"id": "wamid.X", "status": "delivered"},
                {"id": "wamid.X", "status": "unheard of"},
            ]
        },
        {"errors": [{"code": 130429, "title": "x"}]},
        {},
    ],
)
async def test_what_is_not_for_us_to_answer_is_acknowledged(line, content):
    assert (await call(line, meta_calls.webhook(meta_calls.value(**content)))).status_code == 200
    assert line.rows("inbound_events") == []


async def test_other_forms_are_acknowledged_too(line):
    for body in ({}, {"entry": [{"changes": [{"field": "account_update", "value": {}}]}]}, {"entry": "x"}):
        assert (await call(line, body)).status_code == 200


async def test_messages_to_another_number_of_the_account_are_not_ours(line):
    other = meta_calls.value("999", messages=[said("un site")])
    assert (await call(line, meta_calls.webhook(other))).status_code == 200
    assert line.rows("inbound_events") == []


async def test_large_batches_are_taken_and_larger_ones_than_meta_sends_refused(line):
    many = [said("x" * 200, number, sender=f"336{number:08}") for number in range(300)]
    assert (await receive(line, *many)).status_code == 200
    assert len(line.rows("conversations")) == 300
    assert (await receive(line, said("x" * 4_000_000, 999))).status_code == 413


async def test_the_acknowledgement_is_quick(line):
    await receive(line, said("bonjour"))
    times = []
    for number in range(2, 22):
        began = time.perf_counter()
        await receive(line, said("bonjour", number))
        times.append(time.perf_counter() - began)
    assert sorted(times)[10] < 0.2


# --- what owners send ---


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("image", {"id": "1", "mime_type": "image/jpeg"}, "image"),
        ("audio", {"id": "1", "voice": True}, "voice"),
        ("sticker", {"id": "1", "animated": False}, "sticker"),
        ("location", {"latitude": 48.0, "longitude": -4.1}, "place"),
        ("document", {"id": "1", "filename": "devis.pdf"}, "other"),
        ("video", {"id": "1"}, "other"),
        ("contacts", {}, "other"),
        ("unsupported", {}, "other"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence(line, cloud, kind, content, sentence):
    await receive(line, meta_calls.message(1, kind, content))
    await line.work()
    assert cloud.texts == [WORDING.say("channels", sentence)]
    assert line.dialogue.said == []


async def test_an_album_gets_one_sentence(line, cloud):
    await receive(line, *(meta_calls.message(number, "image", {"id": "1"}) for number in range(4)))
    await line.work()
    assert cloud.texts == [WORDING.say("channels", "image")]


async def test_the_caption_of_a_picture_is_answered(line, cloud):
    await receive(line, meta_calls.message(1, "image", {"id": "1", "caption": "un site"}))
    await line.work()
    assert cloud.texts == [INTRO, WORDING.say("channels", "image"), CONTACTS_TEXT]


async def test_a_reaction_asks_for_no_answer(line, cloud):
    await receive(line, meta_calls.message(1, "reaction", {"emoji": "👍", "message_id": "wamid.OUT1"}))
    await line.work()
    assert cloud.posts == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "Les aides possibles", "title": "Les aides…"}},
        ),
        (
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "Les aides possibles", "title": "Les aides…"}},
        ),
        ("button", {"payload": "Les aides possibles", "text": "Les aides…"}),
    ],
)
async def test_a_button_says_all_its_words(line, kind, content):
    await receive(line, meta_calls.message(1, kind, content))
    await line.work()
    assert line.dialogue.said == ["Les aides possibles"]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("/effacer", "Supprimer mes données"),
        ("/Effacer tout", "Supprimer mes données"),
        ("/start", "Bonjour"),
        ("/inconnu", "/inconnu"),
        ("1/2 heure", "1/2 heure"),
    ],
)
async def test_orders_stand_for_words(line, order, words):
    await receive(line, said(order))
    await line.work()
    assert line.dialogue.said == [words]
