"""The portal's channel: one call a turn, which answers with the messages and what was understood."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.action_server import answers
from bot.channels.collector import TurnCollector
from bot.channels.requests import BadTurn, TurnRequest, read_sender, read_turn, same_secret
from bot.channels.understanding import answered, understood
from bot.repeated_work import spare
from bot.tracker_store import watch_saves

FAILED = "no answer: the action server failed"
AWAY = "no answer: the action server is not running"
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class PortalChannel(InputChannel):
    """Speaks with the portal alone, behind a shared secret (`Authorization: Bearer`)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        """Return the part of the address: /webhooks/portal."""
        return "portal"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> PortalChannel:
        """Build the channel from `credentials.yml`; without a secret it does not start."""
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        return cls(credentials["secret"])

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the four routes of the channel."""
        spare()
        routes = Blueprint("portal_channel")

        @routes.middleware("request")
        async def check_secret(request: Request) -> HTTPResponse | None:
            given = (request.headers.get("authorization") or "").removeprefix("Bearer ")
            return None if same_secret(given, self._secret) else _error("wrong or missing secret", 401)

        @routes.exception(BadTurn)
        async def bad_turn(request: Request, error: BadTurn) -> HTTPResponse:
            return _error(str(error), 422)

        @routes.get("/")
        async def state(request: Request) -> HTTPResponse:
            agent = _agent(request)
            return response.json(
                {"status": "ok" if agent.is_ready() else "no model", "model_id": agent.model_id}
            )

        @routes.post("/webhook")
        async def turn(request: Request) -> HTTPResponse:
            asked = read_turn(request)
            # Rasa's own lock comes too late: two calls with one message would both find it unanswered.
            async with self._turns.setdefault(asked.sender, asyncio.Lock()):
                return await self._turn(_agent(request), asked, on_new_message)

        @routes.post("/conversations")
        async def open_conversation(request: Request) -> HTTPResponse:
            sender, body = read_sender(request)
            collector = TurnCollector()
            page = {"greet": True, "territory": body.get("territory"), "need": body.get("need")}
            await _start(_agent(request), sender, collector, page)
            return await _reply(_agent(request), sender, collector)

        @routes.delete("/conversations/<sender>")
        async def forget(request: Request, sender: str) -> HTTPResponse:
            agent = _agent(request)
            async with agent.lock_store.lock(sender):  # a turn under way must not write after it
                await _store_of(agent).forget(sender)
            return response.empty(204)

        return routes

    async def _turn(self, agent: Agent, asked: TurnRequest, on_new_message: OnNewMessage) -> HTTPResponse:
        collector = TurnCollector()
        if asked.message_id and asked.message_id == _store_of(agent).latest_message_id(asked.sender):
            # It is sent again because the first answer did not arrive.
            collector.messages = answered(await agent.tracker_store.retrieve(asked.sender), asked.message_id)
        if not collector.messages:
            message = UserMessage(
                asked.message, collector, asked.sender, input_channel=self.name(), message_id=asked.message_id
            )
            with watch_saves() as saved:
                await on_new_message(message)
            return await _reply(agent, asked.sender, collector, saved.tracker)
        return await _reply(agent, asked.sender, collector)


async def _start(agent: Agent, sender: str, collector: TurnCollector, page: dict[str, Any]) -> None:
    """Start the conversation in its turn, as rasa does for a message."""
    async with agent.lock_store.lock(sender):
        tracker = await agent.processor.fetch_tracker_with_initial_session(sender, collector, page)
        await agent.processor.save_tracker(tracker)


async def _reply(
    agent: Agent, sender: str, collector: TurnCollector, tracker: DialogueStateTracker | None = None
) -> HTTPResponse:
    """Answer with what was collected and understood; `tracker` is the conversation where it is at hand."""
    if not collector.messages:
        there = await answers(agent.action_endpoint)
        return _error(FAILED, 502) if there else _error(AWAY, 503)
    tracker = tracker or await agent.tracker_store.retrieve(sender)
    if tracker and not any(isinstance(event, UserUttered) for event in tracker.events):
        # A restart opens a new session behind the message that asked for it.
        tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    return response.json({"messages": collector.messages, "understood": understood(tracker, agent.model_id)})


def _agent(request: Request) -> Agent:
    return request.app.ctx.agent


def _store_of(agent: Agent) -> Any:
    """Return our tracker store, which rasa wraps in one that survives its failures."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)


def _error(words: str, status: int) -> HTTPResponse:
    return response.json({"error": words}, status=status)
