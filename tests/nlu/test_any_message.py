"""Whatever is typed is understood as something: no exception, a sound answer."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.evaluate import load_understanding, parse_all

pytestmark = pytest.mark.model
HOSTILE = [
    "x" * 10_000,
    "Nice Tours Lens Y Sens " * 500,
    "un site, une formation et un prêt puis " * 250,
    "12345678900012 " * 600,
    "\u202eruessiap\u200b\u2066 site\u0000web",
    "é" + "\u0301" * 5_000,
    "😀" * 3_000,
    "ｓｉｔｅ ｉｎｔｅｒｎｅｔ",
    "a",
]
# Any text, and texts of the pieces that rules look for: numbers, marks, words of places, invisible characters.
PIECES = st.lists(
    st.sampled_from(
        [
            "Nice",
            "Y",
            "29",
            "06",
            "0",
            "€",
            "k",
            "@",
            "/",
            "{",
            "\u200b",
            "\u202e",
            "et",
            ",",
            "'",
            "\n",
            "site",
        ]
    ),
    max_size=60,
).map("".join)


@pytest.fixture(scope="module")
def parsed(model):
    agent = asyncio.run(load_understanding(model))

    def parse(text):
        (found,), _ = asyncio.run(parse_all(agent, [text]))
        return found

    return parse


def assert_sound(found, text):
    assert found["intent"]["name"]
    confidences = [label["confidence"] for label in found["intent_ranking"]]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-6)
    for entity in found["entities"]:
        if entity.get("start") is not None:
            assert 0 <= entity["start"] < entity["end"] <= len(text)
    json.dumps(found)  # rasa's API gives it back


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_messages(parsed, text):
    assert_sound(parsed(text), text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=300), PIECES))
def test_any_text(parsed, text):
    assert_sound(parsed(text), text)
