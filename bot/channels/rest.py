"""Rasa's rest channel, with messages kept whole and never silent; for tests and for operators on the same machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.collector import TurnCollector
from bot.channels.requests import BadTurn, read_turn, same_secret

UNAVAILABLE = "utter_unavailable"


class RestChannel(InputChannel):
    """`POST /webhooks/rest/webhook {"sender", "message"}` gives the list of messages."""

    def __init__(self, token: str | None = None) -> None:
        self._token = token

    @classmethod
    def name(cls) -> str:
        """Return the part of the address: /webhooks/rest."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        """Build the channel; with a token, each call must name it (`?token=`)."""
        return cls((credentials or {}).get("token") or None)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the two routes of the channel."""
        routes = Blueprint("rest_channel")

        @routes.exception(BadTurn)
        async def bad_turn(request: Request, error: BadTurn) -> HTTPResponse:
            return response.json({"error": str(error)}, status=422)

        @routes.get("/")
        async def state(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/webhook")
        async def turn(request: Request) -> HTTPResponse:
            if self._token and not same_secret(request.args.get("token"), self._token):
                return response.json({"error": "wrong or missing token"}, status=401)
            asked = read_turn(request)
            collector = TurnCollector()
            await on_new_message(
                UserMessage(asked.message, collector, asked.sender, input_channel=self.name())
            )
            return response.json(collector.messages or [_unavailable(request)])

        return routes


def _unavailable(request: Request) -> dict[str, str]:
    """Return the sentence of the domain for an action server that failed."""
    return {"text": request.app.ctx.agent.domain.responses[UNAVAILABLE][0]["text"]}
