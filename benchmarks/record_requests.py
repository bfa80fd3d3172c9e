"""The requests of conversations that nobody had: one in twenty conversations ends with one."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from conversations.areas import area_of
from conversations.request_views import NEW
from conversations.synthetic.drawing import Draws, Place

# The tables of requests, and the columns that are filled.
COLUMNS = {
    "requests": "id, conversation_id, reference, status, need, place, summary, recipient_id, recipient_name, consent, "
    "consent_at, created_at, changed_at, reminders_sent",
    "request_routes": "request_id, conversation_id, body_id, departement, region, waits_since, shares_conversation",
    "request_holders": "request_id, conversation_id, account_id, name, email, body_id, taken_at, reminders_sent",
    "conversation_bodies": "conversation_id, body_id",
}
ACCOUNTS = [f"{number:032x}" for number in range(200)]
_SUMMARY, _CONSENT = "mon fournil voudrait un site internet – Quimper.", "J’accepte."
Row = Sequence[Any]


def ask(
    rows: dict[str, list[Row]], draws: Draws, key: str, status: str, need: str, place: Place, at: datetime
) -> None:
    """Add the rows of a request that the conversation `key` ended with, to the chamber of trades of its place."""
    name, (body, body_name) = f"{draws.random.getrandbits(128):032x}", place.body("cma")
    changed = at if status == NEW else at + timedelta(days=draws.random.uniform(0, 10))
    said = (json.dumps(place.territory), _SUMMARY, body, body_name, _CONSENT)
    rows["requests"].append((name, key, name[:16], status, need, *said, at, at, changed, 0))
    region = area_of(place.territory).region
    rows["request_routes"].append((name, key, body, place.departement, region, at, False))
    rows["conversation_bodies"].append((key, body))
    if status != NEW:
        account = draws.random.choice(ACCOUNTS)
        who = (account, "Anne Martin", "anne@example.org", body)
        rows["request_holders"].append((name, key, *who, changed, 0))
