"""What rasa works out anew for every message although it never changes, worked out once.

Rasa 3.6.21 has no setting or hook for either; both replacements answer as the originals do.
"""

from __future__ import annotations

import functools
from typing import Any

from jsonschema import validators
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

BAD_ANSWER = "the action server's answer is not what rasa expects of one: "


def spare() -> None:
    """Replace, in this process, the two functions that took three fifths of a turn; a second call changes nothing."""
    if RemoteAction._validate_action_result is not _validate_answer:
        RemoteAction._validate_action_result = _validate_answer
        Event.resolve_by_type = staticmethod(functools.cache(Event.resolve_by_type))


def _validate_answer(_action: RemoteAction, answer: dict[str, Any]) -> bool:
    """Return True for an answer as the schema wants it; else raise the ValidationError that tells most.

    `jsonschema.validate`, which rasa calls, first holds the schema itself against the schema of schemas.
    """
    error = best_match(_answers().iter_errors(answer))
    if error is None:
        return True
    error.message = BAD_ANSWER + error.message
    raise error


@functools.cache
def _answers() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
