"""What the portal asks of the dialogue engine, and how it asks rasa."""

import asyncio
from typing import Any, Protocol
from urllib.parse import quote

import httpx
from pydantic import BaseModel, Field, ValidationError

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


class Reply(BaseModel):
    """What the engine answers to one turn, and what it understood of it."""

    messages: list[BotMessage]
    understood: dict[str, Any] = Field(default_factory=dict)


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

    `client` carries rasa's address as its base URL; `timeout` is how many seconds one whole call may take.
    """

    def __init__(self, client: httpx.AsyncClient, secret: str, timeout: float) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._timeout = timeout

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
            answer = await self._call("GET", "/webhooks/portal/", patience=PROBE_SECONDS)
            state = answer.json()
            return state.get("status") == "ok" and bool(state.get("model_id"))
        except (DialogueUnavailable, ValueError, AttributeError):
            return False

    async def aclose(self) -> None:
        """Close the connections to rasa."""
        await self._client.aclose()

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, patience: float | None = None
    ) -> httpx.Response:
        try:
            # httpx limits each read; an answer that trickles in must be limited as a whole.
            answer = await asyncio.wait_for(
                self._client.request(method, path, json=body, headers=self._headers),
                patience or self._timeout,
            )
        except (asyncio.TimeoutError, httpx.TimeoutException) as error:
            raise DialogueUnavailable("timeout") from error
        except httpx.HTTPError as error:
            raise DialogueUnavailable("unreachable") from error
        if not answer.is_success:
            raise DialogueUnavailable(_refusal(answer.status_code))
        return answer


def _refusal(status: int) -> str:
    """Name a status that is not a success.

    The channel answers 502 where the action server failed at this message, 503 where it is away.
    """
    return {401: "forbidden", 403: "forbidden", 502: "actions", 503: "away"}.get(status, "error")


def _reply(answer: httpx.Response) -> Reply:
    try:
        reply = Reply.parse_raw(answer.content)
    except ValidationError as error:
        raise DialogueUnavailable("malformed") from error
    if not any(message.text or message.custom for message in reply.messages):
        raise DialogueUnavailable("silent")
    return reply
