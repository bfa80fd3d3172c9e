"""What the portal asks of the dialogue engine, and how it asks rasa."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from pydantic import BaseModel, Field, ValidationError
from yarl import URL

Territory = dict[str, Any]


class DialogueUnavailable(RuntimeError):
    """The dialogue engine gave no usable answer; `reason` says why in one word, for record and metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def absent(self) -> bool:
        """Whether nothing answered at all, so that another call would fail as well."""
        return self.reason in ("timeout", "unreachable", "away")


class Button(BaseModel):
    """A choice offered to the owner; a click says `payload` in the owner's name."""

    title: str
    payload: str


class BotMessage(BaseModel):
    """One message of the bot; `custom` carries the facts of the text for cards."""

    text: str = ""
    buttons: list[Button] | None = None
    custom: dict[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        """Return what the record keeps; the model's own way goes through every value of every card."""
        kept: dict[str, Any] = {"text": self.text}
        if self.buttons is not None:
            kept["buttons"] = [{"title": each.title, "payload": each.payload} for each in self.buttons]
        if self.custom is not None:
            kept["custom"] = self.custom
        return kept


class Reply(BaseModel):
    """What the engine answers to one turn, and what it understood of it."""

    messages: list[BotMessage]
    understood: dict[str, Any] = Field(default_factory=dict)

    def territory(self) -> Territory | None:
        """Return the territory the engine worked with, `{"level", "code", "name"}`, or None."""
        for candidate in self._territories():
            if isinstance(candidate, dict) and candidate.get("level") and candidate.get("code"):
                return {name: candidate.get(name) for name in ("level", "code", "name")}
        return None

    def _territories(self) -> Iterator[Any]:
        for message in reversed(self.messages):
            yield (message.custom or {}).get("territory")
        for entity in self.understood.get("entities") or []:
            if isinstance(entity, dict) and entity.get("entity") == "location":
                yield {"name": entity.get("value"), **(entity.get("additional_info") or {})}


class Dialogue(Protocol):
    """The dialogue engine. Every call but `ready` raises DialogueUnavailable."""

    async def open(self, sender: str, territory: Territory | None, need: str | None) -> Reply:
        """Begin a conversation; return the greeting."""

    async def turn(self, sender: str, text: str, message_id: str) -> Reply:
        """Say `text` in the owner's name; return the answer."""

    async def forget(self, sender: str) -> None:
        """Erase what the engine keeps of this sender."""

    async def ready(self) -> bool:
        """Return whether a turn could be answered now."""


# Seconds rasa may take to say that it is there.
PROBE_SECONDS = 3.0


class HttpDialogue:
    """Rasa's portal channel over HTTP.

    `url` is rasa's address; `timeout` is how many seconds one whole call may take. Proxies of the environment are not
    asked. aiohttp takes a quarter of the processor time that httpx takes for a call, and an owner waits for it.
    """

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._timeout = timeout
        # Made at the first call: it belongs to the loop that calls.
        self._session: ClientSession | None = None

    async def open(self, sender: str, territory: Territory | None, need: str | None) -> Reply:
        """See Dialogue."""
        known = {"territory": territory, "need": need}
        body = {"sender": sender, **{name: value for name, value in known.items() if value}}
        return _reply(await self._call("POST", "/webhooks/portal/conversations", body))

    async def turn(self, sender: str, text: str, message_id: str) -> Reply:
        """See Dialogue."""
        body = {"sender": sender, "message": text, "message_id": message_id}
        return _reply(await self._call("POST", "/webhooks/portal/webhook", body))

    async def forget(self, sender: str) -> None:
        """See Dialogue."""
        await self._call("DELETE", f"/webhooks/portal/conversations/{quote(sender, safe='')}")

    async def ready(self) -> bool:
        """See Dialogue."""
        try:
            state = json.loads(await self._call("GET", "/webhooks/portal/", patience=PROBE_SECONDS))
            return state.get("status") == "ok" and bool(state.get("model_id"))
        except (DialogueUnavailable, ValueError, AttributeError):
            return False

    async def aclose(self) -> None:
        """Close the connections to rasa."""
        if self._session is not None:
            await self._session.close()

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, patience: float | None = None
    ) -> bytes:
        whole = ClientTimeout(total=patience or self._timeout)
        url = URL(self._url + path, encoded=True)
        try:
            async with self._calling().request(method, url, json=body, timeout=whole) as answer:
                content, status = await answer.read(), answer.status
        except asyncio.TimeoutError as error:
            raise DialogueUnavailable("timeout") from error
        except (ClientError, OSError) as error:
            raise DialogueUnavailable("unreachable") from error
        if not 200 <= status < 300:
            raise DialogueUnavailable(_refusal(status))
        return content

    def _calling(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(headers=self._headers, cookie_jar=DummyCookieJar())
        return self._session


def _refusal(status: int) -> str:
    """Name a status that is not a success.

    The channel answers 502 where the action server failed at this message, 503 where it is away.
    """
    return {401: "forbidden", 403: "forbidden", 502: "actions", 503: "away"}.get(status, "error")


def _reply(content: bytes) -> Reply:
    try:
        reply = Reply.parse_raw(content)
    except ValidationError as error:
        raise DialogueUnavailable("malformed") from error
    if not any(message.text or message.custom for message in reply.messages):
        raise DialogueUnavailable("silent")
    return reply
