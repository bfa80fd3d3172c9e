"""Whole conversations, kept as data in `tests/conversations/played`, against the real processes."""

import statistics
import uuid
from pathlib import Path

import httpx
import pytest

from settings import ROOT
from tests.played.outcomes import EXPECTATIONS, problems, texts, useful
from yaml_files import read_yaml

FOLDER = ROOT / "tests" / "conversations" / "played"
MOST_TURNS, MEDIAN_TURNS = 4, 2


def read(path: Path) -> dict:
    return read_yaml(path)


def played(path: Path):
    """A conversation to play; one that `falls_short` may fail, and is reported as XPASS where it does not."""
    conversation = read(path)
    why = conversation.get("falls_short")
    marks = [pytest.mark.xfail(reason=why)] if why else []
    return pytest.param(conversation, id=path.stem, marks=marks)


CONVERSATIONS = [played(path) for path in sorted(FOLDER.glob("*.yml"))]


@pytest.fixture(scope="module")
def first_answers():
    """By conversation, the turn that gave the first useful answer; none where it never came."""
    return {}


@pytest.mark.served
@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_conversation(stack, conversation, first_answers):
    sender, name = uuid.uuid4().hex, conversation["conversation"]
    for number, turn in enumerate(conversation["turns"], start=1):
        reply = say(stack, sender, turn["owner"])
        if useful(reply):
            first_answers.setdefault(name, (conversation["tags"], number))
        expected = turn.get("bot", {})
        assert set(expected) <= EXPECTATIONS, "an expectation that nothing checks"
        assert reply["messages"], "never silence"
        where = f"turn {number}: {turn['owner'][:60]!r}\n{texts(reply)}"
        for problem in problems(reply, expected):
            pytest.fail(f"{problem}\n{where}")


@pytest.mark.served
def test_the_first_useful_answer_comes_soon(first_answers):
    turns = [number for tags, number in first_answers.values() if "need" in tags]
    assert turns, "run the conversations first"
    assert statistics.median(turns) <= MEDIAN_TURNS
    assert max(turns) <= MOST_TURNS


def test_every_conversation_says_what_it_shows():
    rows = [parameters.values[0] for parameters in CONVERSATIONS]
    assert len({row["conversation"] for row in rows}) == len(rows)
    assert all(row["tags"] and row["turns"] for row in rows)
    assert [row["conversation"] for row in rows if not any(turn.get("bot") for turn in row["turns"])] == []


def say(stack, sender, text):
    answer = httpx.post(
        f"{stack.rasa}/webhooks/portal/webhook",
        json={"sender": sender, "message": text},
        headers={"Authorization": f"Bearer {stack.secret}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.served
@pytest.mark.parametrize("filler", ["a", "bla bla ", "💥", "<div>", "1 "])
def test_ten_thousand_characters(stack, filler):
    sender = uuid.uuid4().hex
    reply = say(stack, sender, (filler * 10_000)[:10_000])
    assert reply["messages"][0]["text"]
    again = say(stack, sender, "un site internet à Quimper")
    assert not list(problems(again, {"need": "website", "territory": "29232"}))
