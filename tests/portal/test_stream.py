import asyncio
import json
import socket
from contextlib import asynccontextmanager

import httpx
import pytest
from anyio import fail_after

from portal.app import create_app
from portal.server import make_server
from portal.stream import HEARTBEAT, EventStream
from tests.portal.fakes import GREETING


def data_of(event):
    """Return the id and the message of one event's text."""
    fields = dict(line.split(": ", 1) for line in event.strip().split("\n"))
    return int(fields["id"]), json.loads(fields["data"])


@pytest.fixture
def services(bench):
    bench.heartbeat = 0.01
    return bench.services()


@pytest.fixture
async def opened(services):
    token, _ = await services.desk.open("web", None, None)
    return token, await services.desk.by_token(token)


def listen(services, conversation, after=0):
    return EventStream(services.desk, conversation, services.metrics, services.heartbeat).events(after)


async def next_message(events):
    """Return the next event that is no heartbeat."""
    async for event in events:
        if event != HEARTBEAT:
            return data_of(event)
    return None


async def test_what_was_said_comes_first_then_what_is_said(services, opened):
    token, conversation = opened
    events = listen(services, conversation)
    assert (await next_message(events))[1]["text"] == GREETING

    await services.desk.say(token, "m1", "bonjour")
    assert await next_message(events) == (2, (await services.desk.transcript(conversation, 1))[0])
    assert (await next_message(events))[0] == 3


async def test_a_listener_that_comes_back_gets_only_what_it_missed(services, opened):
    token, conversation = opened
    await services.desk.say(token, "m1", "bonjour")

    assert (await next_message(listen(services, conversation, after=2)))[0] == 3


async def test_heartbeats_come_while_nothing_is_said(services, opened):
    events = listen(services, opened[1], after=1)
    assert await events.__anext__() == HEARTBEAT


async def test_a_stream_ends_with_its_conversation(services, opened):
    token, conversation = opened
    events = listen(services, conversation)
    await next_message(events)
    await services.desk.erase(token)

    assert await next_message(events) is None


async def test_a_stream_that_is_left_is_not_counted_any_more(services, opened):
    events = listen(services, opened[1])
    await next_message(events)
    assert b"boussole_event_streams 1.0" in services.metrics.page()
    await events.aclose()
    assert b"boussole_event_streams 0.0" in services.metrics.page()


@pytest.fixture
async def served(bench):
    """The portal on a free port of this machine: address, services, server and the task it runs in."""
    services = bench.services()
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_app(services), "127.0.0.1", 0, patience=30)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", services, server, task
    server.should_exit = True
    await task


@asynccontextmanager
async def listening(address, headers):
    path = "/api/conversations/current/events"
    async with (
        httpx.AsyncClient(base_url=address, trust_env=False) as client,
        client.stream("GET", path, headers=headers) as answer,
    ):
        yield answer


async def test_events_over_http_resume_after_the_last_one_seen(served):
    address, services, _, _ = served
    token, _ = await services.desk.open("web", None, None)
    await services.desk.say(token, "m1", "bonjour")
    headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": "2"}
    async with listening(address, headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        first = await answer.aiter_text().__anext__()
    assert data_of(first)[1]["text"] == "Vous avez dit : bonjour"


async def test_the_server_stops_although_somebody_listens(served):
    address, services, server, task = served
    token, _ = await services.desk.open("web", None, None)
    headers = {"Authorization": f"Bearer {token}"}
    async with listening(address, headers) as answer:
        pieces = answer.aiter_text()
        await pieces.__anext__()
        server.should_exit = True
        assert [piece async for piece in pieces] == []
    await asyncio.wait_for(task, timeout=5)


async def test_a_stream_ends_as_soon_as_its_listener_goes(served):
    address, services, _, _ = served
    token, _ = await services.desk.open("web", None, None)
    async with listening(address, {"Authorization": f"Bearer {token}"}) as answer:
        await answer.aiter_text().__anext__()
        assert b"boussole_event_streams 1.0" in services.metrics.page()
    with fail_after(services.heartbeat / 2):  # its next sign of life would be later
        while b"boussole_event_streams 0.0" not in services.metrics.page():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("after", "status"), [("2", 200), ("", 422), ("-1", 422), ("x", 422), ("9" * 30, 422)]
)
async def test_a_listener_says_what_it_has_by_a_number(served, after, status):
    address, services, _, _ = served
    token, _ = await services.desk.open("web", None, None)
    path = f"/api/conversations/current/events?after={after}"
    async with (
        httpx.AsyncClient(base_url=address, trust_env=False) as client,
        client.stream("GET", path, headers={"Authorization": f"Bearer {token}"}) as answer,
    ):
        assert answer.status_code == status


async def test_a_stream_begins_at_once_and_is_not_compressed(served):
    address, services, _, _ = served
    token, _ = await services.desk.open("web", None, None)
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip", "Last-Event-ID": "9"}
    async with listening(address, headers) as answer:  # its first sign of life is a quarter of a minute away
        assert answer.status_code == 200
        assert "content-encoding" not in answer.headers


async def test_asking_for_the_head_alone_opens_no_stream(served):
    address, services, _, _ = served
    token, _ = await services.desk.open("web", None, None)
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=5) as client:
        answer = await client.head(
            "/api/conversations/current/events", headers={"Authorization": f"Bearer {token}"}
        )
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert b"boussole_event_streams 0.0" in services.metrics.page()
