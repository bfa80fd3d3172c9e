"""Telegram, by the Bot API."""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import httpx

from portal.channels import choices
from portal.channels.interface import (
    BotMessage,
    Call,
    Delayed,
    Event,
    Kind,
    Part,
    Reading,
    Refused,
    Unreadable,
    Unsigned,
)
from portal.channels.provider_calls import post, seconds, shown
from portal.channels.splitting import split, within
from portal.wording import Wording

MOST_TEXT = 4096
# Bytes of what a button sends back; its title has no limit, but a telephone has an edge.
MOST_DATA, MOST_TITLE = 64, 60
KINDS: dict[str, Kind] = {
    "photo": "image",
    "voice": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "location": "place",
    "venue": "place",
    "animation": "other",
    "video": "other",
    "video_note": "other",
    "document": "other",
    "contact": "other",
    "poll": "other",
    "dice": "other",
}
# The token is wrong, which an operator can mend; the rest of 4xx is for good (403: the owner has blocked the bot).
MENDABLE = frozenset({401, 404, 408, 409, 429})


class Telegram:
    """The channel of one bot; `client` carries the Bot API's address."""

    name = "telegram"
    window = None
    numbers = False
    holds = False
    reports = False

    def __init__(self, client: httpx.AsyncClient, token: str, secret: str, wording: Wording) -> None:
        self._client = client
        self._token = token
        self._secret = secret
        self._wording = wording

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """See Channel: Telegram has none."""
        return None

    def read(self, call: Call) -> Reading:
        """See Channel. Groups and channels of Telegram are passed over: what is said there is not for us."""
        given = call.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise Unsigned
        try:
            update = json.loads(call.body)
        except ValueError as error:
            raise Unreadable from error
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            raise Unreadable
        event = _event(update)
        query = update.get("callback_query")
        if not isinstance(query, dict) or not query.get("id"):
            return Reading([event] if event else [])
        # The button shows that it was pressed until this is answered; our acknowledgement may say so.
        answer = json.dumps({"method": "answerCallbackQuery", "callback_query_id": query["id"]})
        return Reading([event] if event else [], answer=answer, media_type="application/json")

    def lay_out(self, messages: Sequence[BotMessage]) -> list[Part]:
        """See Channel."""
        return [part for message in messages for part in self._parts(message)]

    async def send(self, address: str, part: Part, name: str) -> str | None:
        """See Channel."""
        content: dict[str, Any] = {"chat_id": int(address), "text": part["text"]}
        if part.get("options"):
            content["reply_markup"] = {"inline_keyboard": [[_button(each)] for each in part["options"]]}
        answer = await post(self._client, f"/bot{self._token}/sendMessage", json=content)
        body = shown(answer)
        if answer.is_success and body.get("ok"):
            number = (body.get("result") or {}).get("message_id")
            return f"{address}:{number}" if number else None
        why = f"HTTP {answer.status_code}"
        if answer.status_code >= 500 or answer.status_code in MENDABLE or answer.is_success:
            raise Delayed(why, seconds((body.get("parameters") or {}).get("retry_after")))
        raise Refused(why)

    def _parts(self, message: BotMessage) -> Iterator[Part]:
        options = list(message.get("buttons") or [])
        texts = split(message.get("text") or "", within(MOST_TEXT))
        if options and not texts:
            texts = [self._wording.say("channels", "choose")]
        yield from ({"text": each} for each in texts[:-1])
        if texts:
            yield {"text": texts[-1], **({"options": options} if options else {})}


def _button(option: choices.Option) -> dict[str, str]:
    title = choices.short(option["title"], MOST_TITLE)
    return {"text": title, "callback_data": choices.named(option["payload"], MOST_DATA)}


def _event(update: dict[str, Any]) -> Event | None:
    """Return what an owner sent; None for what asks for no answer."""
    query = update.get("callback_query")
    edits = "edited_message" in update
    message = (
        query.get("message")
        if isinstance(query, dict)
        else update.get("edited_message") or update.get("message")
    )
    if not isinstance(message, dict) or not _is_private(message):
        return None
    content = ("choice", str(query.get("data") or "")) if isinstance(query, dict) else _content_of(message)
    if content is None:
        return None
    kind, text = content
    chat, number = message["chat"]["id"], message.get("message_id")
    return Event(
        provider_id=str(update["update_id"]),
        address=str(chat),
        kind=kind,
        text=text,
        rank=update["update_id"],
        sent_at=None if isinstance(query, dict) else _moment(message),
        reference=None if isinstance(query, dict) else f"{chat}:{number}",
        edits=edits,
    )


def _is_private(message: dict[str, Any]) -> bool:
    chat = message.get("chat")
    return isinstance(chat, dict) and chat.get("type") == "private" and "id" in chat


def _content_of(message: dict[str, Any]) -> tuple[Kind, str] | None:
    if isinstance(message.get("text"), str):
        return "text", message["text"]
    kind = next((KINDS[name] for name in KINDS if name in message), None)
    return (kind, str(message.get("caption") or "")) if kind else None


def _moment(message: dict[str, Any]) -> datetime | None:
    date = message.get("edit_date") or message.get("date")
    return datetime.fromtimestamp(date, timezone.utc) if isinstance(date, int) and 0 < date < 2**32 else None
