"""Messenger, by Meta's Send API."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import httpx

from conversations.channel_windows import WINDOWS
from portal.channels import choices, meta
from portal.channels.interface import BotMessage, Call, Event, Kind, Part, Reading, Report
from portal.channels.provider_calls import post
from portal.channels.splitting import split, within
from portal.wording import Wording

MOST_TEXT = 2000
MOST_REPLIES, REPLY_TITLE, REPLY_PAYLOAD = 13, 20, 1000
KINDS: dict[str, Kind] = {"image": "image", "audio": "voice", "location": "place"}
# An attachment that only previews a link of the text.
PREVIEW = "fallback"
# « This message is sent outside of allowed window ».
OUTSIDE_WINDOW = {(10, 2018278)}
# Errors of the service, limits of rate, « temporary send message failure ».
TEMPORARY = frozenset({2, 4, 613, 1200})


class Messenger:
    """The channel of one page; `client` carries the Graph API's address."""

    name = "messenger"
    window = WINDOWS["messenger"]
    numbers = False
    holds = False
    reports = False

    def __init__(
        self, client: httpx.AsyncClient, token: str, app_secret: str, verify_token: str, wording: Wording
    ) -> None:
        self._client = client
        self._token = token
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._wording = wording

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """See Channel."""
        return meta.handshake(query, self._verify_token)

    def read(self, call: Call) -> Reading:
        """See Channel. Echoes of what the page itself wrote are passed over."""
        body = meta.signed(call, self._app_secret)
        events: list[Event] = []
        reports: list[Report] = []
        for entry in meta.objects(body, "entry") if body.get("object") == "page" else ():
            for item in meta.objects(entry, "messaging"):
                event = _event(item)
                events += [event] if event else []
                reports += _reports(item)
        return Reading(sorted(events, key=lambda event: event.rank or 0), reports)

    def lay_out(self, messages: Sequence[BotMessage]) -> list[Part]:
        """See Channel."""
        return [part for message in messages for part in self._parts(message)]

    async def send(self, address: str, part: Part, name: str) -> str | None:
        """See Channel."""
        message: dict[str, Any] = {"text": part["text"], "metadata": name}
        if part.get("options"):
            message["quick_replies"] = [_reply(option) for option in part["options"]]
        content = {"recipient": {"id": address}, "messaging_type": "RESPONSE", "message": message}
        answer = await post(self._client, "me/messages", params={"access_token": self._token}, json=content)
        number = meta.answered(answer, OUTSIDE_WINDOW, TEMPORARY).get("message_id")
        return str(number) if number else None

    def _parts(self, message: BotMessage) -> Iterator[Part]:
        options = list(message.get("buttons") or [])
        text = message.get("text") or ""
        if len(options) > MOST_REPLIES:
            others = [option["title"] for option in options[MOST_REPLIES:]]
            text = f"{text}\n{self._wording.say('channels', 'others', others=others)}"
        texts = split(text, within(MOST_TEXT))
        if options and not texts:
            texts = [self._wording.say("channels", "choose")]
        yield from ({"text": each} for each in texts[:-1])
        if texts:
            yield {"text": texts[-1], **({"options": options[:MOST_REPLIES]} if options else {})}


def _reply(option: choices.Option) -> dict[str, str]:
    return {
        "content_type": "text",
        "title": choices.short(option["title"], REPLY_TITLE),
        "payload": choices.named(option["payload"], REPLY_PAYLOAD),
    }


def _event(item: dict[str, Any]) -> Event | None:
    """Return what an owner sent; None for what asks for no answer."""
    sender = item.get("sender")
    address = sender.get("id") if isinstance(sender, dict) else None
    content = _content_of(item)
    if not address or content is None:
        return None
    kind, text, number = content
    timestamp = item.get("timestamp")
    rank = timestamp if isinstance(timestamp, int) and 0 < timestamp < 2**42 else 0
    return Event(
        # An older form of a button that is pressed has no id of its own.
        provider_id=number or f"{address}:{rank}",
        address=str(address),
        kind=kind,
        text=text,
        rank=rank,
        sent_at=datetime.fromtimestamp(rank / 1000, timezone.utc) if rank else None,
    )


def _content_of(item: dict[str, Any]) -> tuple[Kind, str, str | None] | None:
    pressed = item.get("postback")
    if isinstance(pressed, dict):
        return "choice", str(pressed.get("payload") or pressed.get("title") or ""), pressed.get("mid")
    message = item.get("message")
    if not isinstance(message, dict) or message.get("is_echo") or not message.get("mid"):
        return None
    number, text = str(message["mid"]), str(message.get("text") or "")
    reply = message.get("quick_reply")
    if isinstance(reply, dict) and reply.get("payload"):
        return "choice", str(reply["payload"]), number
    kinds = [_kind(each) for each in meta.objects(message, "attachments") if each.get("type") != PREVIEW]
    if kinds:
        return kinds[0], text, number
    return ("text", text, number) if text else None


def _kind(attachment: dict[str, Any]) -> Kind:
    payload = attachment.get("payload")
    if isinstance(payload, dict) and payload.get("sticker_id"):
        return "sticker"
    return KINDS.get(str(attachment.get("type")), "other")


def _reports(item: dict[str, Any]) -> Iterator[Report]:
    delivered = item.get("delivery")
    numbers = delivered.get("mids") if isinstance(delivered, dict) else None
    for number in numbers if isinstance(numbers, list) else ():
        yield Report(str(number), "delivered")
