"""What is spared answers as rasa's own does."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot import repeated_work

ORIGINALS = RemoteAction._validate_action_result, Event.resolve_by_type
GOOD = {"events": [{"event": "slot", "name": "need", "value": "website"}], "responses": [{"text": "Voici."}]}
ANSWERS = [
    (GOOD, True),
    ({}, True),
    (GOOD | {"responses": "Voici."}, False),
    (GOOD | {"events": [{"event": "slot", "timestamp": "hier"}]}, False),
    (GOOD | {"events": [{"name": "need"}]}, False),
    ([], False),
]


@pytest.fixture
def spared():
    validate, resolve = ORIGINALS
    repeated_work.spare()
    yield
    RemoteAction._validate_action_result, Event.resolve_by_type = validate, staticmethod(resolve)


@pytest.mark.parametrize(("answer", "good"), ANSWERS)
def test_an_answer_is_judged_as_rasa_judges_it(spared, answer, good):
    action = RemoteAction("action_find_contacts", EndpointConfig("http://127.0.0.1"))
    ways = (ORIGINALS[0], RemoteAction._validate_action_result)
    for validate in ways:
        if good:
            assert validate(action, answer)
        else:
            with pytest.raises(ValidationError):
                validate(action, answer)


def test_a_schema_is_checked_once(spared, monkeypatch):
    action = RemoteAction("action_find_contacts", EndpointConfig("http://127.0.0.1"))
    action._validate_action_result(GOOD)
    monkeypatch.setattr(RemoteAction, "action_response_format_spec", lambda: pytest.fail("asked for again"))
    assert action._validate_action_result(GOOD)


def test_events_are_found_by_their_names(spared):
    repeated_work.spare()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("user") is UserUttered
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("unheard of", UserUttered) is UserUttered
    with pytest.raises(ValueError, match="unheard of"):
        Event.resolve_by_type("unheard of")
