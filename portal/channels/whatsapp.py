"""WhatsApp, by Meta's Cloud API."""

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

# Limits of text, of the text above buttons and above a list; of buttons and rows, and of their titles.
MOST_TEXT, MOST_ABOVE_BUTTONS, MOST_ABOVE_LIST = 4096, 1024, 4096
MOST_BUTTONS, MOST_ROWS = 3, 10
BUTTON_TITLE, ROW_TITLE, ROW_DESCRIPTION = 20, 24, 72
# A row's id is the shorter one: 200 characters, counted here in bytes.
MOST_ID = 200

KINDS: dict[str, Kind] = {
    "image": "image",
    "audio": "voice",
    "sticker": "sticker",
    "location": "place",
    "video": "other",
    "document": "other",
    "contacts": "other",
    "unsupported": "other",
}
STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "failed"}
OUTSIDE_WINDOW = 131047
# Unknown and service errors, limits of rate, a partner that is being serviced.
TEMPORARY = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004})


class WhatsApp:
    """The channel of one telephone number; `client` carries the Graph API's address and our token."""

    name = "whatsapp"
    window = WINDOWS["whatsapp"]
    numbers = False
    holds = False
    reports = True

    def __init__(
        self, client: httpx.AsyncClient, phone_id: str, app_secret: str, verify_token: str, wording: Wording
    ) -> None:
        self._client = client
        self._phone_id = phone_id
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._wording = wording

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """See Channel."""
        return meta.handshake(query, self._verify_token)

    def read(self, call: Call) -> Reading:
        """See Channel. What is about another telephone number of the same account is passed over."""
        body = meta.signed(call, self._app_secret)
        events: list[Event] = []
        reports: list[Report] = []
        for entry in meta.objects(body, "entry"):
            for change in meta.objects(entry, "changes"):
                value = change.get("value")
                if change.get("field") == "messages" and _phone_id(value) == self._phone_id:
                    events += filter(None, map(_event, meta.objects(value, "messages")))
                    reports += _reports(value)
        return Reading(sorted(events, key=lambda event: event.rank or 0), reports)

    def lay_out(self, messages: Sequence[BotMessage]) -> list[Part]:
        """See Channel."""
        return [part for message in messages for part in self._parts(message)]

    async def send(self, address: str, part: Part, name: str) -> str | None:
        """See Channel."""
        content = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": address,
            # Comes back with every report, which may be here before the answer to this call.
            "biz_opaque_callback_data": name,
            **self._content(part),
        }
        answer = await post(self._client, f"{self._phone_id}/messages", json=content)
        body = meta.answered(answer, {(OUTSIDE_WINDOW, None)}, TEMPORARY)
        return next((str(each["id"]) for each in meta.objects(body, "messages") if each.get("id")), None)

    def _parts(self, message: BotMessage) -> Iterator[Part]:
        options = list(message.get("buttons") or [])
        text = message.get("text") or ""
        if len(options) > MOST_ROWS:
            others = [option["title"] for option in options[MOST_ROWS:]]
            text = f"{text}\n{self._wording.say('channels', 'others', others=others)}"
            options = options[:MOST_ROWS]
        texts = split(text, within(MOST_TEXT))
        above = MOST_ABOVE_BUTTONS if _as_buttons(options) else MOST_ABOVE_LIST
        if options and not (texts and within(above)(texts[-1])):
            # What stands above the choices has less room: a text that is longer stays whole before them.
            texts.append(self._wording.say("channels", "choose"))
        yield from ({"text": each} for each in texts[:-1])
        if texts:
            yield {"text": texts[-1], **({"options": options} if options else {})}

    def _content(self, part: Part) -> dict[str, Any]:
        options = part.get("options")
        if not options:
            return {"type": "text", "text": {"body": part["text"], "preview_url": False}}
        shown = _buttons(options) if _as_buttons(options) else self._list(options)
        return {"type": "interactive", "interactive": {"body": {"text": part["text"]}, **shown}}

    def _list(self, options: Sequence[choices.Option]) -> dict[str, Any]:
        rows = [_row(option) for option in options]
        label = self._wording.say("channels", "list")
        return {"type": "list", "action": {"button": label, "sections": [{"title": label, "rows": rows}]}}


def _as_buttons(options: Sequence[choices.Option]) -> bool:
    """Tell whether the choices go on buttons: few, and different even where their titles are cut."""
    titles = [choices.short(option["title"], BUTTON_TITLE) for option in options]
    return 0 < len(options) <= MOST_BUTTONS and choices.distinct(titles)


def _buttons(options: Sequence[choices.Option]) -> dict[str, Any]:
    replies = [
        {"id": choices.named(each["payload"], MOST_ID), "title": choices.short(each["title"], BUTTON_TITLE)}
        for each in options
    ]
    return {"type": "button", "action": {"buttons": [{"type": "reply", "reply": each} for each in replies]}}


def _row(option: choices.Option) -> dict[str, Any]:
    """Return one line of a list; a title that is cut is said whole below."""
    title = choices.short(option["title"], ROW_TITLE)
    row = {"id": choices.named(option["payload"], MOST_ID), "title": title}
    if title == option["title"]:
        return row
    return {**row, "description": choices.short(option["title"], ROW_DESCRIPTION)}


def _phone_id(value: Any) -> str | None:
    data = value.get("metadata") if isinstance(value, dict) else None
    return data.get("phone_number_id") if isinstance(data, dict) else None


def _event(message: dict[str, Any]) -> Event | None:
    """Return what an owner sent; None for what asks for no answer (reactions, notices of the system)."""
    content = _content_of(message)
    if content is None or not message.get("id") or not message.get("from"):
        return None
    kind, text = content
    moment = _moment(message.get("timestamp"))
    return Event(
        provider_id=str(message["id"]),
        address=str(message["from"]),
        kind=kind,
        text=text,
        rank=int(moment.timestamp()) if moment else 0,
        sent_at=moment,
    )


def _content_of(message: dict[str, Any]) -> tuple[Kind, str] | None:
    kind = message.get("type")
    part = message.get(kind) if isinstance(kind, str) else None
    part = part if isinstance(part, dict) else {}
    if kind == "text":
        return "text", str(part.get("body") or "")
    if kind == "interactive":
        reply = part.get(part.get("type") or "")
        return ("choice", str(reply.get("id") or "")) if isinstance(reply, dict) else None
    if kind == "button":  # of a template
        return "choice", str(part.get("payload") or part.get("text") or "")
    if kind not in KINDS:
        return None
    return KINDS[kind], str(part.get("caption") or "")


def _moment(timestamp: Any) -> datetime | None:
    """Return a Unix time in seconds as a moment, None for what is none."""
    try:
        return datetime.fromtimestamp(int(timestamp), timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _reports(value: dict[str, Any]) -> Iterator[Report]:
    for status in meta.objects(value, "statuses"):
        state = STATES.get(str(status.get("status")))
        if state is None or not status.get("id"):
            continue
        code = next((error.get("code") for error in meta.objects(status, "errors")), None)
        outside = state == "failed" and code == OUTSIDE_WINDOW
        yield Report(
            provider_id=str(status["id"]),
            state="undeliverable" if outside else state,
            name=status.get("biz_opaque_callback_data") or None,
            why=f"code {code}" if state == "failed" else None,
        )
