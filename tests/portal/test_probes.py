import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from conversations.bootstrap import open_log
from portal import probes
from tests.portal.fakes import FakeKnowledge


async def test_the_record_answers_until_its_file_is_gone(tmp_path):
    folder = tmp_path / "var"
    log = open_log(f"sqlite:///{folder / 'conversations.db'}")
    assert await probes.record_probe(log)()

    log.close()
    folder.rename(tmp_path / "ailleurs")
    assert not await probes.record_probe(log)()


async def test_the_knowledge_base_answers_when_it_knows_somebody():
    assert await probes.knowledge_probe(FakeKnowledge())()
    assert not await probes.knowledge_probe(FakeKnowledge(empty=True))()


@pytest.fixture
async def neighbour():
    """A neighbour that answers with the status asked for, and one that says nothing."""

    async def answer(request):
        return web.Response(status=int(request.match_info["status"]))

    async def hang(request):
        await asyncio.sleep(60)

    app = web.Application()
    app.add_routes([web.get("/status/{status}", answer), web.get("/hang", hang)])
    async with TestServer(app) as server:
        yield server


@pytest.mark.parametrize(("status", "there"), [(200, True), (500, False)])
async def test_a_neighbour_answers_with_a_success(neighbour, status, there):
    assert await probes.http_probe(str(neighbour.make_url(f"/status/{status}")))() is there


async def test_a_neighbour_that_is_not_there(unused_tcp_port):
    assert not await probes.http_probe(f"http://127.0.0.1:{unused_tcp_port}/health")()


async def test_a_neighbour_that_hangs(neighbour):
    assert not await probes.http_probe(str(neighbour.make_url("/hang")), seconds=0.05)()


async def test_the_knowledge_base_is_asked_for_what_every_owner_can_be_given():
    knowledge = FakeKnowledge()
    await probes.knowledge_probe(knowledge)()
    assert knowledge.asked == [None]
