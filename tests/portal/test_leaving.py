from dataclasses import replace

import httpx
import pytest

from conversations.errors import RecordUnreachable
from portal.app import create_app

LINK = "/partage/retrait/abc"


@pytest.fixture
def left():
    return []


@pytest.fixture
def site(bench, left):
    def leave(interest_id):
        if interest_id == "away":
            raise RecordUnreachable
        left.append(interest_id)
        return interest_id == "abc"

    app = create_app(replace(bench.services(), leave_group=leave))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://boussole.test")


async def test_looking_at_the_link_deletes_nothing(site, left):
    answer = await site.get(LINK)
    assert answer.status_code == 200
    assert "Me retirer et tout effacer" in answer.text
    assert left == []


async def test_the_button_withdraws(site, left):
    answer = await site.post(LINK)
    assert (answer.status_code, left) == (200, ["abc"])
    assert "C’est effacé" in answer.text


async def test_an_old_link_says_so(site):
    answer = await site.post("/partage/retrait/old")
    assert answer.status_code == 404
    assert "déjà été effacée" in answer.text


async def test_another_site_withdraws_nobody(site, left):
    answer = await site.post(LINK, headers={"Origin": "https://ailleurs.example"})
    assert (answer.status_code, left) == (403, [])


async def test_a_record_that_is_away_is_said(site):
    answer = await site.post("/partage/retrait/away")
    assert answer.status_code == 503
    assert "Réessayez" in answer.text
