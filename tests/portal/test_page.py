import re

import pytest

from portal import page
from portal.identity import COOKIE

SCRIPTS = sorted((page.STATIC / "js").glob("*.js"))


@pytest.fixture
async def home(client):
    return (await client.get("/")).text


async def test_the_page_is_strict(client):
    answer = await client.get("/")
    policy = answer.headers["content-security-policy"]

    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-cache"


def test_the_page_asks_nothing_of_other_sites(home):
    assert 'lang="fr"' in home
    assert re.findall(r"(?:src|href)=\"(?!/(?!/)|#)[^\"]*\"", home) == []
    assert "style=" not in home
    assert re.findall(r"<script(?![^>]*\bsrc=)", home) == []
    assert "<noscript>" in home


async def test_every_file_of_the_page_is_there_and_may_be_kept(client, home):
    addresses = re.findall(r"\"(/static/[^\"]+)\"", home)
    # On a slow connection every request costs more than what it brings.
    assert len(addresses) == 3
    for address in addresses:
        answer = await client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


async def test_the_page_fetches_the_history_only_where_there_may_be_one(client):
    assert "data-known" not in (await client.get("/")).text
    client.cookies.set(COOKIE, "x")
    assert "data-known" in (await client.get("/")).text


def test_every_sentence_the_scripts_use_is_written_and_every_one_written_is_used(home):
    written = set(re.findall(r'data-word="([a-z_-]+)"', home))
    source = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    said = set(re.findall(r'words\(\s*"([a-z-]+)"', source))
    said |= {
        f"{name}-{part}" for name in re.findall(r'dated\("([a-z-]+)"', source) for part in ("day", "month")
    }
    computed = {
        word for word in written if word.startswith(("eligible-", "missing-", "cost-", "kind-", "request-"))
    }
    computed |= {"open", "ended", "suspended", "unknown"}

    assert said <= written
    assert written <= said | computed


def test_every_template_slot_the_scripts_fill_exists(home):
    source = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    filled = set(re.findall(r'(?:fill|fillLink|slot)\(\w+, "([a-z]+)"', source))
    assert filled <= set(re.findall(r'data-slot="([a-z]+)"', home))
    assert set(re.findall(r'copyOf\("([a-z-]+)"\)', source)) <= set(
        re.findall(r'<template id="([a-z-]+)"', home)
    )


def test_no_sentence_stands_in_a_script():
    for script in SCRIPTS:
        code = re.sub(r"//[^\n]*", "", script.read_text(encoding="utf-8"))
        for literal in re.findall(r'"([^"\n]*)"', code):
            assert not re.search(r"[àâçéèêëîïôûù’]", literal), f"{script.name}: {literal}"
