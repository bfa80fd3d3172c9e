import asyncio

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.rasa_client import DialogueUnavailable, HttpDialogue

ANSWER = {
    "messages": [
        {"text": "Bonjour.", "buttons": [{"title": "Oui", "payload": "oui"}]},
        {"text": "Voici.", "custom": {"type": "contacts", "items": []}},
    ],
    "understood": {"intent": {"name": "greet"}, "model_id": "modele-1"},
}


class Rasa:
    """Rasa's portal channel as the portal sees it; `answer` is what it gives, once it is `free` to."""

    def __init__(self):
        self.asked = []
        self.answer = JSONResponse(ANSWER)
        self.free = asyncio.Event()
        self.free.set()

    async def serve(self, request):
        body = await request.json() if request.method == "POST" else None
        self.asked.append((request.method, request.url.path, body, request.headers.get("authorization")))
        await self.free.wait()
        return self.answer

    def app(self):
        path = "/webhooks/portal/{rest:path}"
        return Starlette(routes=[Route(path, self.serve, methods=["GET", "POST", "DELETE"])])


@pytest.fixture
async def rasa():
    return Rasa()


@pytest.fixture
async def address(rasa, unused_tcp_port):
    """Serve the channel, and return where."""
    server = uvicorn.Server(uvicorn.Config(rasa.app(), port=unused_tcp_port, log_config=None, ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{unused_tcp_port}"
    rasa.free.set()
    server.should_exit = True
    await serving


@pytest.fixture
async def dialogue(address):
    dialogue = HttpDialogue(address, secret="secret-d-essai", timeout=20)
    yield dialogue
    await dialogue.aclose()


async def test_a_turn_is_one_call_with_the_secret(dialogue, rasa):
    reply = await dialogue.turn("abc", "Bonjour", "m1")

    assert [message.text for message in reply.messages] == ["Bonjour.", "Voici."]
    assert reply.messages[0].buttons[0].payload == "oui"
    assert reply.messages[1].custom == {"type": "contacts", "items": []}
    assert reply.understood["model_id"] == "modele-1"
    body = {"sender": "abc", "message": "Bonjour", "message_id": "m1"}
    assert rasa.asked == [("POST", "/webhooks/portal/webhook", body, "Bearer secret-d-essai")]


async def test_opening_says_only_what_is_known(dialogue, rasa):
    place = {"level": "departement", "code": "29", "name": "Finistère"}
    await dialogue.open("abc", None, None)
    await dialogue.open("abc", place, "website")

    assert [body for _, _, body, _ in rasa.asked] == [
        {"sender": "abc"},
        {"sender": "abc", "territory": place, "need": "website"},
    ]
    assert rasa.asked[0][1] == "/webhooks/portal/conversations"


async def test_forgetting_names_the_sender(dialogue, rasa):
    rasa.answer = Response(status_code=204)
    await dialogue.forget("a/b")

    assert rasa.asked[0][:2] == ("DELETE", "/webhooks/portal/conversations/a/b")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (JSONResponse({"error": "action server"}, 502), "actions"),
        (JSONResponse({"error": "action server"}, 503), "away"),
        (JSONResponse({}, 401), "forbidden"),
        (JSONResponse({}, 500), "error"),
        (Response("<html>", 200), "malformed"),
        (JSONResponse({"rien": 1}), "malformed"),
        (JSONResponse({"messages": [{"text": ["x"]}]}), "malformed"),
        (JSONResponse({"messages": []}), "silent"),
        (JSONResponse({"messages": [{"text": ""}]}), "silent"),
    ],
)
async def test_an_answer_that_is_none(dialogue, rasa, answer, reason):
    rasa.answer = answer
    with pytest.raises(DialogueUnavailable) as failure:
        await dialogue.turn("abc", "Bonjour", "m1")
    assert failure.value.reason == reason


async def test_an_engine_that_hangs(address, rasa):
    rasa.free.clear()
    dialogue = HttpDialogue(address, secret="x", timeout=0.05)
    with pytest.raises(DialogueUnavailable) as failure:
        await dialogue.turn("abc", "Bonjour", "m1")
    assert failure.value.reason == "timeout"
    await dialogue.aclose()


async def test_an_engine_that_is_not_there(unused_tcp_port):
    dialogue = HttpDialogue(f"http://127.0.0.1:{unused_tcp_port}", secret="x", timeout=5)
    with pytest.raises(DialogueUnavailable) as failure:
        await dialogue.forget("abc")
    assert failure.value.reason == "unreachable"
    assert not await dialogue.ready()
    await dialogue.aclose()


async def test_proxies_of_the_environment_are_not_asked(dialogue, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert (await dialogue.turn("abc", "Bonjour", "m1")).messages


@pytest.mark.parametrize(
    ("answer", "ready"),
    [
        (JSONResponse({"status": "ok", "model_id": "modele-1"}), True),
        (JSONResponse({"status": "ok", "model_id": None}), False),
        (JSONResponse({"status": "no model", "model_id": "modele-1"}), False),
        (JSONResponse([]), False),
        (Response("ok"), False),
        (JSONResponse({"model_id": "x"}, 503), False),
    ],
)
async def test_ready_means_that_a_model_answers(dialogue, rasa, answer, ready):
    rasa.answer = answer
    assert await dialogue.ready() is ready
