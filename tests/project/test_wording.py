"""Every sentence that is used exists, and every one that exists is used."""

import re

import pytest

from actions.wording_store import load_wording
from settings import ROOT
from yaml_files import read_yaml

UTTER = re.compile(r"\butter_[a-z_]+\b")
# Uttered by rasa's own actions and by our channel.
USED_BY_RASA = {"utter_restart"}


@pytest.fixture(scope="module")
def defined():
    found = set()
    for path in (ROOT / "data" / "responses").glob("*.yml"):
        names = read_yaml(path)["responses"]
        assert not found & set(names), f"a response is written twice: {found & set(names)}"
        found |= set(names)
    return found


@pytest.fixture(scope="module")
def used():
    paths = [
        *(ROOT / "actions").rglob("*.py"),
        *(ROOT / "bot").rglob("*.py"),
        *(ROOT / "actions" / "wording").glob("*.yml"),
    ]
    paths += (ROOT / "data" / "rules").glob("*.yml")
    return {
        name
        for path in paths
        for name in UTTER.findall(path.read_text(encoding="utf-8"))
        if name != "utter_message"
    }


def test_every_response_that_is_used_is_written(defined, used):
    assert used - defined == set()


def test_every_response_that_is_written_is_used(defined, used):
    assert defined - used - USED_BY_RASA == set()


def test_every_action_of_the_rules_is_declared_and_written():
    domain = read_yaml(ROOT / "domain.yml")
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "data" / "rules").glob("*.yml"))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").glob("*.py"))
    declared = set(domain["actions"])
    assert set(re.findall(r"\baction_[a-z_]+\b", rules)) <= declared
    assert {name for name in declared if f'"{name}"' not in code} == set()


def test_every_need_has_its_wording():
    domain = read_yaml(ROOT / "domain.yml")
    needs = {
        name.removeprefix("need_")
        for intent in domain["intents"]
        for name in intent
        if name.startswith("need_")
    }
    assert set(load_wording().needs) == needs
    assert len(needs) == 19


def test_buttons_are_short_and_differ():
    wording = load_wording()
    titles = [need["button"] for need in wording.needs.values()] + list(wording.buttons.values())
    assert max(map(len, titles)) <= 45
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "fact", ["headcount", "sector", "activity", "turnover", "age", "legal_form", "amount", "conditions"]
)
def test_every_fact_that_a_scheme_may_lack_has_a_name(fact):
    assert load_wording().facts[fact]


def test_what_is_offered_behind_a_need_starts_an_action():
    policies = read_yaml(ROOT / "config.yml")["policies"]
    commands = [
        text for policy in policies for texts in policy.get("commands", {}).values() for text in texts
    ]
    offered = load_wording().after_need
    assert set(offered) <= set(load_wording().needs)
    assert {text for texts in offered.values() for text in texts} <= set(commands)
