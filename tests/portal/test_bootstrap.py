import httpx
import pytest

from knowledge.bootstrap import load_knowledge
from knowledge.errors import EmptyStore
from portal.bootstrap import open_portal
from settings import Settings


@pytest.fixture
def settings(tmp_path, unused_tcp_port_factory):
    return Settings(
        database_url=None,
        var=tmp_path / "var",
        rasa_port=unused_tcp_port_factory(),
        actions_port=unused_tcp_port_factory(),
    )


async def test_the_portal_stands_alone_and_says_who_is_missing(settings):
    load_knowledge(settings.content, settings.sql_url("knowledge"))
    app = open_portal(settings)

    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portail.test") as client,
    ):
        ready = await client.get("/readyz")
        opened = await client.post("/api/conversations", json={"territory": "29"})

    assert ready.json()["missing"] == ["rasa", "actions"]
    contacts = opened.json()["messages"][0]["custom"]
    assert contacts["territory"] == {"level": "departement", "code": "29", "name": "Finistère"}
    assert {"29", "53"} & {item["territory"]["code"] for item in contacts["items"]}
    assert (settings.var / "secret").exists()


async def test_without_a_knowledge_base_the_portal_does_not_open(settings):
    settings.var.mkdir()
    with pytest.raises(EmptyStore):
        open_portal(settings)
