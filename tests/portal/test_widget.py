import httpx
import pytest
from pydantic import ValidationError

from settings import Settings

SITE = "https://cma.exemple"
CONVERSATIONS = "/api/conversations"


@pytest.fixture
async def shared(bench):
    """A portal that lets one site show the widget."""
    bench.widget_sites = (SITE,)
    transport = httpx.ASGITransport(bench.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as client:
        yield client


def preflight(client, origin, path=CONVERSATIONS):
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return client.options(path, headers={**asked, "Access-Control-Request-Headers": "content-type"})


async def test_a_site_of_the_settings_opens_a_conversation_without_a_cookie(shared):
    foreign = {"Origin": SITE, "Sec-Fetch-Site": "cross-site"}
    answer = await shared.post(CONVERSATIONS, json={}, headers=foreign)
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert (await preflight(shared, SITE)).headers["access-control-allow-origin"] == SITE


@pytest.mark.parametrize(
    "origin", ["https://cma.exemple.org", "http://cma.exemple", "https://cma.exemple:444", "null"]
)
async def test_any_other_origin_is_told_nothing(shared, origin):
    refused = await preflight(shared, origin)
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
    answer = await shared.post(CONVERSATIONS, json={}, headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


async def test_no_cache_mixes_origins_up(shared):
    for headers in ({}, {"Origin": SITE}, {"Origin": "https://autre.exemple"}):
        answer = await shared.get(f"{CONVERSATIONS}/current/messages", headers=headers)
        assert "Origin" in answer.headers["vary"].split(", ")


async def test_pages_of_owners_stay_with_their_site(shared):
    for path in ("/", "/conversation", "/conversation/effacer", "/webhooks/telegram"):
        answer = await shared.get(path, headers={"Origin": SITE})
        assert "access-control-allow-origin" not in answer.headers


async def test_without_the_setting_no_origin_is_let_in(client):
    refused = await preflight(client, SITE)
    assert refused.status_code == 405
    assert "access-control-allow-origin" not in refused.headers


async def test_the_script_names_files_that_any_page_may_load(client):
    script = await client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    static = script.text.split("${portal}")[1].split("`")[0]
    for path in (static, "/widget/pieces"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")


@pytest.mark.parametrize("wrong", ["*", "https://cma.exemple/", "cma.exemple", "https://CMA.exemple"])
def test_what_is_no_origin_is_refused_at_start(monkeypatch, wrong):
    monkeypatch.setenv("WIDGET_ORIGINS", f"{SITE} {wrong}")
    with pytest.raises(ValidationError, match="no origin"):
        Settings()


def test_origins_are_told_one_by_one(monkeypatch):
    monkeypatch.setenv("WIDGET_ORIGINS", f"{SITE} http://127.0.0.1:8090")
    assert Settings().widget_sites == [SITE, "http://127.0.0.1:8090"]
