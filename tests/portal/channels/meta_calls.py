"""Calls as Meta makes them to a WhatsApp webhook."""

import hashlib
import hmac
import json
import time
from typing import Any

SECRET, VERIFY = "app secret", "our word"
PHONE_ID = "106540352242922"
OWNER = "33600000001"


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def said(text: str, number: int = 1, sender: str = OWNER, at: float | None = None) -> dict[str, Any]:
    return message(number, "text", {"body": text}, sender, at)


def message(
    number: int, kind: str, content: dict[str, Any], sender: str = OWNER, at: float | None = None
) -> dict[str, Any]:
    return {
        "from": sender,
        "id": f"wamid.IN{number}",
        "timestamp": str(int(time.time() if at is None else at)),
        "type": kind,
        kind: content,
    }


def value(phone_id: str = PHONE_ID, **content: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": phone_id}
    return {"messaging_product": "whatsapp", "metadata": metadata, **content}


def webhook(*values: dict[str, Any]) -> dict[str, Any]:
    changes = [{"value": each, "field": "messages"} for each in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "8856996819413533", "changes": changes}]}


async def call(line: Any, body: dict[str, Any], secret: str = SECRET, name: str = "whatsapp") -> Any:
    raw = json.dumps(body).encode()
    headers = {"X-Hub-Signature-256": signature(raw, secret), "Content-Type": "application/json"}
    return await line.http.post(f"/webhooks/{name}", content=raw, headers=headers)


async def receive(line: Any, *messages: dict[str, Any]) -> Any:
    """Send messages of owners in one call."""
    return await call(line, webhook(value(messages=list(messages))))


async def report(
    line: Any, state: str, post: dict[str, Any], number: int = 1, code: int | None = None
) -> Any:
    """Report what became of a message that was posted."""
    status = {
        "id": f"wamid.OUT{number}",
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id": OWNER,
        "biz_opaque_callback_data": post.get("biz_opaque_callback_data"),
    }
    if code:
        status["errors"] = [{"code": code, "title": "x", "message": "x", "error_data": {"details": "x"}}]
    return await call(line, webhook(value(statuses=[status])))


async def greeted(line: Any, cloud: Any) -> None:
    """Let an owner have been answered once."""
    await receive(line, said("bonjour", 100, at=time.time() - 60))
    await line.work()
    cloud.posts.clear()
