"""What WhatsApp and Messenger have in common: the webhook's handshake, its signature, the errors of the Graph API."""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import httpx

from portal.channels.interface import Call, Delayed, Refused, Unreadable, Unsigned
from portal.channels.provider_calls import asked_pause, shown

# Our own token is wrong or was taken back, which an operator can mend: 190, and HTTP 401.
TOKEN_REFUSED = 190


def handshake(query: Mapping[str, str], token: str) -> str:
    """Return the challenge that a webhook's set-up sends; raises Unsigned for another token than ours."""
    given = query.get("hub.verify_token", "")
    if query.get("hub.mode") != "subscribe" or not hmac.compare_digest(given.encode(), token.encode()):
        raise Unsigned
    return query.get("hub.challenge", "")


def signed(call: Call, secret: str) -> dict[str, Any]:
    """Return the JSON object of a call that carries the app's signature over the very bytes of its body.

    Raises Unsigned, or Unreadable where the body is no JSON object.
    """
    given = call.headers.get("x-hub-signature-256", "")
    expected = "sha256=" + hmac.new(secret.encode(), call.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Unsigned
    try:
        body = json.loads(call.body)
    except ValueError as error:
        raise Unreadable from error
    if not isinstance(body, dict):
        raise Unreadable
    return body


def objects(holder: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list `name`; whatever else stands there is passed over."""
    items = holder.get(name) if isinstance(holder, dict) else None
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def answered(
    answer: httpx.Response, outside_window: Collection[tuple[int, int | None]], temporary: Collection[int]
) -> dict[str, Any]:
    """Return the JSON of a call that succeeded; raises Refused or Delayed.

    `outside_window` and `temporary` are the codes (with subcode, or None for any) that mean so.
    """
    body = shown(answer)
    if answer.is_success:
        return body
    error = body.get("error") if isinstance(body.get("error"), dict) else {}
    code, subcode = error.get("code"), error.get("error_subcode")
    # Codes only: what Graph says in words may name the recipient.
    why = f"HTTP {answer.status_code}, code {code}" + (f"/{subcode}" if subcode else "")
    if (code, None) in outside_window or (code, subcode) in outside_window:
        raise Refused(f"{why}: outside the window in which an owner may be written to", undeliverable=True)
    late = answer.status_code in (401, 403, 408, 429) or answer.status_code >= 500
    if late or code in temporary or code == TOKEN_REFUSED:
        raise Delayed(why, asked_pause(answer))
    raise Refused(why)
