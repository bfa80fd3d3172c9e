from dataclasses import dataclass, field, replace

import httpx
import pytest

from conversations.errors import RecordUnreachable
from portal.app import create_app

LINK = "/avis/abc"


@dataclass
class FakeSurvey:
    """One question, under the token « abc »; « away » finds no record."""

    kept: list = field(default_factory=list)

    def reference(self, token):
        if token == "away":
            raise RecordUnreachable
        return "BP-7K3M-42" if token == "abc" else None

    def answer(self, token, answer, words=""):
        if self.reference(token):
            self.kept.append((answer, words))
        return self.reference(token) is not None


@pytest.fixture
def survey():
    return FakeSurvey()


@pytest.fixture
def site(bench, survey):
    app = create_app(replace(bench.services(), survey=survey))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://boussole.test")


async def test_looking_at_the_link_answers_nothing(site, survey):
    answer = await site.get(LINK)
    assert answer.status_code == 200
    assert "BP-7K3M-42" in answer.text
    assert survey.kept == []
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_an_answer_is_kept(site, survey):
    answer = await site.post(LINK, data={"reponse": "partly", "mots": "Un peu <b>tard</b>"})
    assert answer.status_code == 200
    assert survey.kept == [("partly", "Un peu <b>tard</b>")]
    assert "Votre réponse est enregistrée" in answer.text


@pytest.mark.parametrize(("data", "status"), [({}, 400), ({"reponse": "peut-être"}, 400)])
async def test_what_is_no_answer_is_refused(site, survey, data, status):
    assert (await site.post(LINK, data=data)).status_code == status
    assert survey.kept == []


async def test_another_site_answers_for_nobody(site, survey):
    answer = await site.post(LINK, data={"reponse": "no"}, headers={"Origin": "https://ailleurs.example"})
    assert (answer.status_code, survey.kept) == (403, [])


@pytest.mark.parametrize(("token", "status"), [("old", 404), ("away", 503)])
async def test_a_link_that_leads_nowhere_and_a_record_that_is_away_are_said(site, token, status):
    assert (await site.get(f"/avis/{token}")).status_code == status
    assert (await site.post(f"/avis/{token}", data={"reponse": "yes"})).status_code == status
