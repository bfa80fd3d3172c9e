"""Owners on messaging channels, with stand-ins of the providers that repeat a call until it is acknowledged."""

import asyncio
import json
import random
import socket
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.crash.owners import LONGEST_THOUGHT, STAYING, Sent
from tests.portal.channels import meta_calls
from tests.portal.channels.providers import CloudApi, Provider, TelegramApi, text_of

TELEGRAM_SECRET = "secret-of-the-webhook"
# Providers repeat a call that was not acknowledged; sooner here than they do.
REPEAT_AFTER = 1.0
# Of a hundred calls, so many come twice at once, as Telegram's do where the first took long.
TWICE = 10


@dataclass
class Arrived:
    """A message that a provider took: to whom, its words, our own name of it where the API has one, and when."""

    address: str
    text: str
    name: str | None
    at: float


@dataclass
class Network:
    """One provider on a port of this machine."""

    portal: str
    secret: str
    channel: str
    api: Provider
    arrived: dict[str, list[Arrived]] = field(default_factory=lambda: defaultdict(list))
    reports: set[asyncio.Task] = field(default_factory=set)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> JSONResponse:
        content = await request.body()
        called = httpx.Request("POST", str(request.url), headers=dict(request.headers), content=content)
        status, answer = self.api.take(called)
        if status == 200:
            self._keep(json.loads(content), answer)
        return JSONResponse(answer, status)

    def _keep(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        raise NotImplementedError

    async def call(self, content: bytes, headers: dict[str, str]) -> None:
        """Call the webhook until it acknowledges."""
        async with httpx.AsyncClient(base_url=self.portal, timeout=10, trust_env=False) as http:
            while True:
                with suppress(httpx.TransportError):
                    answer = await http.post(f"/webhooks/{self.channel}", content=content, headers=headers)
                    if answer.is_success:
                        return
                await asyncio.sleep(REPEAT_AFTER)

    async def say(self, address: str, number: int, text: str) -> None:
        """Pass an owner's message on; `number` is the provider's own."""
        raise NotImplementedError


class TelegramNetwork(Network):
    """Telegram: its API takes no name of ours, so it cannot tell a repeated message from a new one."""

    def _keep(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        address = str(body["chat_id"])
        self.arrived[address].append(Arrived(address, body["text"], None, time.monotonic()))

    async def say(self, address: str, number: int, text: str) -> None:
        chat = {"id": int(address), "type": "private"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "text": text}
        body = json.dumps({"update_id": number, "message": message}).encode()
        await self.call(body, {"X-Telegram-Bot-Api-Secret-Token": self.secret})


class WhatsAppNetwork(Network):
    """WhatsApp: it gives our own name of each message back with its reports."""

    def _keep(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        name = body["biz_opaque_callback_data"]
        self.arrived[body["to"]].append(Arrived(body["to"], text_of(body), name, time.monotonic()))
        status = {
            "id": answer["messages"][0]["id"],
            "status": "delivered",
            "timestamp": str(int(time.time())),
            "recipient_id": body["to"],
            "biz_opaque_callback_data": name,
        }
        report = asyncio.create_task(self._send(meta_calls.value(statuses=[status])))
        self.reports.add(report)
        report.add_done_callback(self.reports.discard)

    async def say(self, address: str, number: int, text: str) -> None:
        await self._send(meta_calls.value(messages=[meta_calls.said(text, number, address)]))

    async def _send(self, value: dict[str, Any]) -> None:
        raw = json.dumps(meta_calls.webhook(value)).encode()
        await self.call(raw, {"X-Hub-Signature-256": meta_calls.signature(raw, self.secret)})


class ProviderServer(uvicorn.Server):
    """A stand-in's server, inside the loop of the owners."""

    def capture_signals(self) -> AbstractContextManager[None]:
        """Leave the signals to the script."""
        return nullcontext()


async def serve(network: Network, listener: socket.socket) -> tuple[ProviderServer, asyncio.Task]:
    """Let a provider listen; the server ends with `should_exit`."""
    server = ProviderServer(uvicorn.Config(network.app(), log_level="warning", ws="none", lifespan="off"))
    return server, asyncio.create_task(server.serve(sockets=[listener]))


def environment(telegram: str, whatsapp: str) -> dict[str, str]:
    """Return the settings of both channels, the addresses being those of the stand-ins."""
    return {
        "TELEGRAM_TOKEN": "12:token",
        "TELEGRAM_SECRET": TELEGRAM_SECRET,
        "TELEGRAM_URL": telegram,
        "WHATSAPP_TOKEN": "token",
        "WHATSAPP_PHONE_ID": meta_calls.PHONE_ID,
        "WHATSAPP_APP_SECRET": meta_calls.SECRET,
        "WHATSAPP_VERIFY_TOKEN": meta_calls.VERIFY,
        "GRAPH_URL": f"{whatsapp}/v24.0",
    }


def networks(portal: str) -> dict[str, Network]:
    """Return the stand-ins by channel."""
    return {
        "telegram": TelegramNetwork(portal, TELEGRAM_SECRET, "telegram", TelegramApi()),
        "whatsapp": WhatsAppNetwork(portal, meta_calls.SECRET, "whatsapp", CloudApi()),
    }


@dataclass
class MessengerOwner:
    """One conversation on a channel. Numbers of messages grow by one from `first`."""

    network: Network
    address: str
    first: int
    words: Sequence[str]
    draw: random.Random
    sent: list[Sent] = field(default_factory=list)

    async def live(self) -> None:
        """Say everything; half of the messages wait for something to come back first.

        A message is noted as told, from its acknowledgement on, where nothing else of the conversation could have been
        answered in its place.
        """
        waited = True
        for number, words in enumerate(self.words, start=self.first):
            await asyncio.sleep(self.draw.uniform(0, LONGEST_THOUGHT))
            before = self._count()
            sent = Sent(str(number), words, time.monotonic())
            self.sent.append(sent)
            calls = 2 if self.draw.randrange(100) < TWICE else 1
            await asyncio.gather(*(self.network.say(self.address, number, words) for _ in range(calls)))
            sent.taken, sent.at = True, time.monotonic()
            alone, waited = waited, self.draw.random() < 0.5
            if waited and await self._hears_more_than(before) and alone:
                sent.told = max(sent.at, self.network.arrived[self.address][before].at)

    def _count(self) -> int:
        return len(self.network.arrived[self.address])

    async def _hears_more_than(self, before: int) -> bool:
        end = time.monotonic() + STAYING
        while self._count() <= before and time.monotonic() < end:
            await asyncio.sleep(0.1)
        return self._count() > before
