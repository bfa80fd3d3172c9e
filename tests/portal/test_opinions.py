import logging

import pytest

from tests.portal.pages import NEED

MESSAGES = "/api/conversations/current/messages"


@pytest.fixture
async def answer(client, bearer):
    """The number of an answer with contacts."""
    said = await client.post(MESSAGES, json={"text": NEED, "message_id": "m1"}, headers=bearer)
    return said.json()["messages"][0]["id"]


async def judge(client, bearer, number, **opinion):
    return await client.put(f"{MESSAGES}/{number}/opinion", json=opinion, headers=bearer)


async def kept(client, bearer):
    return (await client.get(MESSAGES, headers=bearer)).json()["opinions"]


async def test_the_last_opinion_on_an_answer_is_kept(client, bearer, answer):
    assert (await judge(client, bearer, answer, thumb="up")).status_code == 204
    down = {"thumb": "down", "reason": "outdated", "words": "  Le numéro\x07 a changé "}
    assert (await judge(client, bearer, answer, **down)).status_code == 204
    assert await kept(client, bearer) == {
        str(answer): {"thumb": "down", "reason": "outdated", "words": "Le numéro a changé"}
    }
    await judge(client, bearer, answer, thumb="up", reason="outdated", words="non")
    assert await kept(client, bearer) == {str(answer): {"thumb": "up"}}


async def test_only_answers_of_the_own_conversation_are_judged(client, bearer, answer):
    greeting, own_words, none = 1, answer - 1, answer + 1
    for number in (greeting, own_words, none, 2**31 - 1):
        refused = await judge(client, bearer, number, thumb="up")
        assert (refused.status_code, refused.json()["type"]) == (404, "/problemes/message-inconnu")
    other = (await client.post("/api/conversations", json={})).json()["token"]
    stranger = await judge(client, {"Authorization": f"Bearer {other}"}, answer, thumb="up")
    assert stranger.status_code == 404
    assert await kept(client, bearer) == {}


@pytest.mark.parametrize(
    "wrong",
    [{}, {"thumb": "sideways"}, {"thumb": "down", "reason": "x"}, {"thumb": "down", "words": "é" * 2001}],
)
async def test_what_is_no_opinion_is_refused(client, bearer, answer, wrong):
    assert (await judge(client, bearer, answer, **wrong)).status_code == 422


async def test_opinions_need_the_token_and_go_with_the_conversation(client, bearer, answer, bench):
    assert (await judge(client, {}, answer, thumb="up")).status_code == 401
    await judge(client, bearer, answer, thumb="down", words="numéro")
    (conversation,) = bench.dialogue.senders
    assert len(bench.opinions.of(conversation)) == 1
    await client.delete("/api/conversations/current", headers=bearer)
    assert bench.opinions.of(conversation) == {}
    assert (await judge(client, bearer, answer, thumb="up")).status_code == 401


async def test_the_words_of_an_opinion_stay_out_of_logs(client, bearer, answer, bench, caplog):
    caplog.set_level(logging.DEBUG)
    await judge(client, bearer, answer, thumb="down", words="secret de famille")
    (conversation,) = bench.dialogue.senders
    (opinion,) = bench.opinions.of(conversation).values()
    assert opinion.words == "secret de famille"
    assert "secret" not in repr(opinion) + caplog.text


async def test_the_transcript_tells_the_place_that_is_known(client, bearer, answer):
    known = (await client.get(MESSAGES, headers=bearer)).json()["territory"]
    assert known == {"level": "departement", "code": "29", "name": "Finistère"}
