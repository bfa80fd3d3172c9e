import httpx
import pytest

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


@pytest.mark.parametrize(("status", "there"), [(200, True), (500, False)])
async def test_a_neighbour_answers_with_a_success(status, there):
    transport = httpx.MockTransport(lambda request: httpx.Response(status))
    async with httpx.AsyncClient(transport=transport) as client:
        assert await probes.http_probe(client, "http://actions.test/health")() is there


async def test_a_neighbour_that_is_not_there(unused_tcp_port):
    async with httpx.AsyncClient(trust_env=False) as client:
        assert not await probes.http_probe(client, f"http://127.0.0.1:{unused_tcp_port}/health")()


async def test_a_neighbour_that_hangs():
    def hang(request):
        raise httpx.ReadTimeout("", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(hang)) as client:
        assert not await probes.http_probe(client, "http://actions.test/health")()


async def test_the_knowledge_base_is_asked_for_what_every_owner_can_be_given():
    knowledge = FakeKnowledge()
    await probes.knowledge_probe(knowledge)()
    assert knowledge.asked == [None]
