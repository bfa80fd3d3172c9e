"""What rasa's own lines may say: the name of what happened, without what came with it."""

from __future__ import annotations

import json
import logging


class NamesOnly(logging.Filter):
    """Leaves of a structured line of rasa its name alone: its other values hold what owners wrote.

    Such a line reaches logging as text, which is one JSON object with the name under `event`.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without such values."""
        if isinstance(record.msg, str) and record.msg.startswith("{"):
            record.msg, record.args = _name_of(record.msg), None
        return True


def _name_of(line: str) -> str:
    try:
        name = json.loads(line).get("event")
    except ValueError:
        name = None
    # An event that is a sentence may quote somebody.
    return name if isinstance(name, str) and " " not in name else "a line without a name"
