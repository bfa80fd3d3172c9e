"""Log lines: JSON, and nothing in them of what people wrote."""

import asyncio
import io
import json
import logging

import pytest

from edge.logs import configure, mark

SECRET = "anne@atelier.example a dit zanzibar"


@pytest.fixture
def lines():
    """Return a function that gives the lines written so far; other handlers come back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure("essai", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before, level


def raised(error, cause=None):
    try:
        raise error from cause
    except type(error) as caught:
        return caught


def test_a_line_says_who_speaks_and_when(lines):
    logging.getLogger("portal.essai").warning("%s old conversations erased", 3)
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "process": "essai",
        "event": "3 old conversations erased",
        "level": "warning",
        "logger": "portal.essai",
    }


def test_of_an_exception_stands_what_it_is_and_where_it_was_raised(lines):
    error = raised(ValueError(SECRET), KeyError(SECRET))
    logging.getLogger("essai").error("a turn failed", exc_info=error)
    (line,) = lines()
    assert line["error"]["type"] == "ValueError from KeyError"
    (place,) = line["error"]["at"]
    assert place.startswith("tests/edge/test_logs.py:")
    assert place.endswith(" raised")
    assert "zanzibar" not in json.dumps(line)


@pytest.mark.parametrize(
    "say",
    [
        lambda log: log.warning("it does not answer: %s", ValueError(SECRET)),
        lambda log: log.warning(ValueError(SECRET)),
        lambda log: log.exception("it failed", exc_info=raised(RuntimeError(SECRET))),
        lambda log: log.warning(f"Task exception was never retrieved\nfuture: <Task {SECRET}>"),
        lambda log: log.warning("it failed", stack_info=True, extra={"stray": SECRET}),
    ],
)
def test_what_an_exception_says_is_written_nowhere(lines, say):
    say(logging.getLogger("essai"))
    assert len(lines()) == 1
    assert "zanzibar" not in json.dumps(lines())


def test_a_reason_of_one_word_is_told(lines):
    class Away(RuntimeError):
        reason = "timeout"

    logging.getLogger("essai").warning("no answer: %s", Away(SECRET))
    Away.reason = SECRET
    logging.getLogger("essai").warning("no answer: %s", Away(SECRET))
    assert [line["event"] for line in lines()] == ["no answer: Away (timeout)", "no answer: Away"]


@pytest.mark.parametrize(
    "personal",
    [
        "anne.le-gall+x@atelier.example",
        "06 12 34 56 78",
        "+33612345678",
        "732 829 320 00074",
        "73282932000074",
        "06.12.34.56.78",
        "a" * 43,
        f"{'a' * 43}.0.Zm9v.c2ln",
    ],
)
def test_what_looks_like_a_person_is_masked(lines, personal):
    logging.getLogger("essai").warning("mail to %s", personal)
    assert lines()[0]["event"] == "mail to …"


@pytest.mark.parametrize(
    "ours", ["message 6f1d2c3b4a5968778695a4b3c2d1e0f9", "at 2026-11-27 07:00", "200 in 12.5 ms"]
)
def test_what_is_ours_stays(lines, ours):
    logging.getLogger("essai").warning(ours)
    assert lines()[0]["event"] == ours


def test_a_line_break_is_no_new_line(lines):
    logging.getLogger("essai").warning("%s", 'a\n{"event": "forged"}')
    assert len(lines()) == 1


async def test_a_task_that_nobody_waited_for_tells_nothing(lines):
    async def fails():
        raise RuntimeError(SECRET)

    loop = asyncio.get_running_loop()
    task = asyncio.create_task(fails())
    await asyncio.wait({task})
    loop.call_exception_handler({"message": "left alone", "exception": task.exception(), "future": task})
    assert lines()[0]["event"] == "left alone"
    assert "zanzibar" not in json.dumps(lines())


def test_a_mark_is_the_same_for_the_same_conversation_and_leads_nowhere():
    assert mark("a" * 32) == mark("a" * 32) != mark("b" * 32)
    assert len(mark("a" * 32)) == 8
    assert mark("a" * 32) not in "a" * 32
