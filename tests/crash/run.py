"""One run: the service is started, owners talk, processes are killed, and what is left is looked at."""

import asyncio
import random
import socket
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from conversations.store import open_engine
from deploy.apart import settings_apart
from portal.channels.addresses import AddressBook
from portal.channels.telegram import Telegram
from portal.channels.whatsapp import WhatsApp
from portal.wording import load_wording
from tests.crash import deliveries, messengers, verdict, words
from tests.crash.killing import SERVING, Killer
from tests.crash.messengers import MessengerOwner, Network
from tests.crash.owners import PageOwner
from tests.crash.service import PROCESSES, Service, start

# Seconds for which the portal may still work on what waits when the last owner has gone.
AFTERMATH = 300.0
# Of ten conversations, so many are on each messaging channel.
ON_TELEGRAM, ON_WHATSAPP = 1, 1


@dataclass
class Plan:
    """`most` kills of each process, None for as many as fit, each after some seconds within `serving`; `database` is a
    PostgreSQL address, None for SQLite. After `minutes` nobody begins a conversation and nothing is killed any more.
    """

    conversations: int
    side_by_side: int
    seed: int
    serving: Mapping[str, tuple[float, float]] = field(default_factory=lambda: SERVING)
    most: int | None = None
    database: str | None = None
    minutes: float = 120.0


@dataclass
class Outcome:
    """What came of a run."""

    kills: Counter[str]
    owners: list[PageOwner | MessengerOwner]
    findings: verdict.Findings
    deliveries: dict[str, deliveries.Deliveries]
    left: int
    seconds: float
    gone_wrong: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, answered twice or out of order."""
        channels = not any(each.wrong for each in self.deliveries.values())
        return self.findings.clean and channels and self.left == 0 and not self.gone_wrong


async def run(plan: Plan, model: Path, folder: Path, say: Any = lambda words: None) -> Outcome:
    """Do it; `say` is told how far it is."""
    listeners = {name: socket.create_server(("127.0.0.1", 0)) for name in ("telegram", "whatsapp")}
    addresses = {name: f"http://127.0.0.1:{each.getsockname()[1]}" for name, each in listeners.items()}
    settings = settings_apart(folder, **({"database_url": plan.database} if plan.database else {}))
    service = start(settings, model, messengers.environment(**addresses))
    servers = []
    try:
        networks = messengers.networks(service.portal)
        servers = [await messengers.serve(networks[name], listener) for name, listener in listeners.items()]
        await asyncio.gather(*map(service.settled, PROCESSES))
        say("everything runs")
        return await _play(plan, service, networks, say)
    finally:
        for server, task in servers:
            server.should_exit = True
            await task
        service.stop()


async def _play(plan: Plan, service: Service, networks: Mapping[str, Network], say: Any) -> Outcome:
    draw, started = random.Random(plan.seed), time.monotonic()
    owners = _owners(plan, service, networks, draw)
    killer = Killer(service, plan.seed, plan.serving, plan.most)
    killing = asyncio.create_task(killer.until_cancelled())
    if plan.most is None:
        asyncio.get_running_loop().call_later(60 * plan.minutes, killing.cancel)
    wrong = await _live(owners, plan, say)
    if plan.most is None:
        killing.cancel()
    await asyncio.gather(killing, return_exceptions=True)
    record = open_engine(service.settings.sql_url("conversations"))
    left = await _aftermath(record, say)
    seconds = time.monotonic() - started
    spoken = [owner for owner in owners if owner.sent]
    return _outcome(service, killer, spoken, record, left, seconds, wrong)


def _owners(
    plan: Plan, service: Service, networks: Mapping[str, Network], draw: random.Random
) -> list[PageOwner | MessengerOwner]:
    made: list[PageOwner | MessengerOwner] = []
    for number, said in enumerate(words.drawn(draw, plan.conversations)):
        own = random.Random(draw.getrandbits(64))
        kind = number % 10
        if kind < ON_TELEGRAM + ON_WHATSAPP:
            network = networks["telegram" if kind < ON_TELEGRAM else "whatsapp"]
            address = str(33_600_000_000 + number)
            made.append(MessengerOwner(network, address, 1_000_000 + 100 * number, said, own))
        else:
            made.append(PageOwner(service.portal, said, own))
    draw.shuffle(made)
    return made


async def _live(owners: list[Any], plan: Plan, say: Any) -> list[str]:
    free, done, wrong = asyncio.Semaphore(plan.side_by_side), 0, []
    last_call = time.monotonic() + 60 * plan.minutes

    async def one(owner: Any) -> None:
        nonlocal done
        async with free:
            if time.monotonic() > last_call:
                return
            try:
                await owner.live()
            except Exception as error:  # noqa: BLE001  one owner's defect must not end the run; it is reported
                wrong.append(f"{type(error).__name__}: {error}")
        done += 1
        if done % 20 == 0:
            say(f"{done} of {len(owners)} conversations")

    await asyncio.gather(*map(one, owners))
    return wrong


async def _aftermath(record: Engine, say: Any) -> int:
    """Wait until nothing waits any more; return what still does."""
    end = time.monotonic() + AFTERMATH
    while (left := verdict.waiting(record)) and time.monotonic() < end:
        await asyncio.sleep(1)
    say(f"{left} still waiting")
    return left


def _outcome(
    service: Service,
    killer: Killer,
    owners: list[Any],
    record: Engine,
    left: int,
    seconds: float,
    wrong: list[str],
) -> Outcome:
    addresses, wording = AddressBook(service.secret), load_wording()
    tracker = open_engine(service.settings.sql_url("tracker"))
    channels = {
        "telegram": Telegram(None, "", "", wording),
        "whatsapp": WhatsApp(None, "", "", "", wording),
    }
    on_channels = [owner for owner in owners if isinstance(owner, MessengerOwner)]
    arrived = deliveries.compare(
        record, addresses, on_channels, channels, wording, service.settings.conversation_days
    )
    findings = verdict.Evidence(record, tracker, addresses).judge(owners)
    tracker.dispose()
    record.dispose()
    return Outcome(killer.kills, owners, findings, arrived, left, seconds, wrong)
