"""A portal with messaging channels over stand-ins: the real application, record and loops, providers that are known."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
from sqlalchemy import text as sql

from conversations.bootstrap import open_advisor_post, open_holds, open_listing, open_opinions
from conversations.inbox import Inbox
from conversations.log import ConversationLog
from conversations.outgoing import OutgoingMessages
from conversations.signing import OwnerTokens
from conversations.transactions import Transactions
from conversations.waiting import Waiting
from edge.rates import Rates
from portal.app import create_app
from portal.channels.addresses import AddressBook
from portal.channels.switchboard import Channels, Materials
from portal.enlisting import Enlisting
from portal.fallback import Fallback
from portal.limits import AddressLimiter, MessageLimiter, OpeningLimiter
from portal.metrics import Metrics
from portal.places import Places
from portal.services import Services
from portal.taken_over import TakenOver
from portal.turns import TurnDesk
from portal.wording import load_wording
from tests.portal.fakes import FakeDialogue, FakeKnowledge, FakeTerritories

WORDING = load_wording()
LEASE = timedelta(seconds=60)


def answer(text: str) -> str:
    """What the stand-in of the engine answers."""
    return f"Vous avez dit : {text}"


async def wait_for(condition: Callable[[], Any], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "in vain"
        await asyncio.sleep(0.02)


class MovingClock:
    """The present moment, and as much later as a test wants."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(timezone.utc) + self.ahead

    def advance(self, **pause: float) -> None:
        self.ahead += timedelta(**pause)


@dataclass
class Line:
    """One portal process; `again` gives a second one over the same record."""

    engine: Any
    channel: Any
    clock: MovingClock = field(default_factory=MovingClock)
    dialogue: FakeDialogue = field(default_factory=FakeDialogue)
    patience: float = 60.0  # whatever else this machine does

    def __post_init__(self) -> None:
        self.metrics = Metrics()
        self.log = ConversationLog(self.engine, self.clock)
        transactions = Transactions(self.engine)
        self.inbox = Inbox(transactions, self.clock, LEASE, settle=timedelta())
        self.outgoing = OutgoingMessages(transactions, self.clock)
        self.holds = open_holds(self.engine, self.clock)
        self.post = open_advisor_post(self.engine, self.clock)
        places = Places(FakeTerritories())
        rates = Rates(lambda: self.clock().timestamp())
        self.desk = TurnDesk(
            log=self.log,
            waiting=Waiting(self.engine, self.clock),
            dialogue=self.dialogue,
            fallback=Fallback(WORDING, FakeKnowledge(), places.find),
            wording=WORDING,
            limiter=MessageLimiter(rates, limit=30),
            metrics=self.metrics,
            message_limit=1000,
            tokens=OwnerTokens(["key of the tests"], self.clock),
            taken_over=TakenOver(self.holds, WORDING),
            enlisting=Enlisting(open_listing(self.engine)),
        )
        materials = Materials(
            inbox=self.inbox,
            outgoing=self.outgoing,
            log=self.log,
            desk=self.desk,
            addresses=AddressBook("secret of the tests"),
            wording=WORDING,
            metrics=self.metrics,
            clock=self.clock,
            kept_days=180,
            alone=True,
            patience=self.patience,
        )
        self.channels = Channels({self.channel.name: self.channel}, materials)
        services = Services(
            desk=self.desk,
            opinions=open_opinions(self.engine),
            openings=OpeningLimiter(rates),
            senders=AddressLimiter(rates),
            places=places,
            wording=WORDING,
            metrics=self.metrics,
            channels=self.channels,
        )
        transport = httpx.ASGITransport(create_app(services), raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://portail.test")

    def again(self, **changes: Any) -> "Line":
        """The process that takes over from this one."""
        return Line(self.engine, self.channel, self.clock, changes.pop("dialogue", self.dialogue), **changes)

    async def work(self) -> None:
        """Answer all that is due, and send all that is due."""
        await self.channels.answering.until_idle()
        await self.channels.sending.until_idle()

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [
                dict(row) for row in connection.execute(sql(f"SELECT * FROM {table} ORDER BY 1")).mappings()
            ]

    def states(self, table: str) -> list[str]:
        return [row["state"] for row in self.rows(table)]
