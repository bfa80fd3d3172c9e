"""The names that the console shares are those of the codes there are."""

from pathlib import Path
from typing import get_args

from console.wording import load_wording
from conversations.request_views import Status
from conversations.review_views import State
from conversations.transcript_reading import BOOKKEEPING
from knowledge.codes import Need
from settings import ROOT
from yaml_files import read_yaml

WORDING = load_wording()


def intents():
    declared = read_yaml(Path(ROOT / "domain.yml"))["intents"]
    return {name for each in declared for name in (each if isinstance(each, dict) else [each])}


def test_needs_and_acts_are_those_that_are_understood():
    assert set(WORDING.names("needs")) == set(Need.values())
    assert {f"need_{need}" for need in WORDING.names("needs")} | set(WORDING.names("acts")) == intents()


def test_states_are_those_that_are_kept():
    assert set(WORDING.names("review_states")) == set(get_args(State))
    assert set(WORDING.names("request_statuses")) == set(get_args(Status))


def test_every_fact_of_a_conversation_has_a_name():
    remembered = set(read_yaml(Path(ROOT / "domain.yml"))["slots"]) - BOOKKEEPING
    assert remembered - set(WORDING.names("slots")) == set()
