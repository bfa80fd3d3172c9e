import socket
import threading
from dataclasses import dataclass, field
from datetime import date

import httpx
import pytest
from playwright.sync_api import expect

from conversations.advisor_post import AdvisorPost
from conversations.bootstrap import (
    open_advisor_post,
    open_holds,
    open_listing,
    open_opinions,
    utc_now,
)
from conversations.holds import Holds
from conversations.listing import Listing
from conversations.log import ConversationLog
from conversations.opinions import Opinions
from conversations.signing import OwnerTokens
from conversations.waiting import Waiting
from edge.rates import Rates
from portal.advisors import Advisors
from portal.app import create_app
from portal.directory.desk import DirectoryDesk
from portal.enlisting import Enlisting
from portal.fallback import Fallback
from portal.limits import AddressLimiter, MessageLimiter, OpeningLimiter
from portal.metrics import Metrics
from portal.places import Places
from portal.recovery import Recovery
from portal.server import make_server
from portal.services import Services
from portal.site import Site
from portal.taken_over import TakenOver
from portal.turns import TurnDesk
from portal.wording import load_wording
from tests.browsing import PATIENCE
from tests.databases import new_record
from tests.portal.fakes import GREETING, FakeDialogue, FakeKnowledge, FakeTerritories

TODAY = date(2025, 3, 3)
KEY = "key of the tests, long enough to be one"


class ManualClock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def nothing(_) -> None:
    """No messaging channel."""


@dataclass
class Bench:
    """The portal over stand-ins, with what a test wants to look at."""

    log: ConversationLog
    waiting: Waiting
    opinions: Opinions
    holds: Holds
    post: AdvisorPost
    listing: Listing
    dialogue: FakeDialogue = field(default_factory=FakeDialogue)
    knowledge: FakeKnowledge = field(default_factory=FakeKnowledge)
    clock: ManualClock = field(default_factory=ManualClock)
    metrics: Metrics = field(default_factory=Metrics)
    probes: dict = field(default_factory=dict)
    heartbeat: float = 15.0
    message_limit: int = 1000
    tokens: OwnerTokens = field(default_factory=lambda: OwnerTokens([KEY], utc_now))
    recovers: bool = False
    site: Site = field(default_factory=Site)
    directory: DirectoryDesk | None = None
    widget_sites: tuple[str, ...] = ()

    def services(self) -> Services:
        places, wording = Places(FakeTerritories()), load_wording()
        rates, enlisting = Rates(self.clock), Enlisting(self.listing, soon=0.0)
        desk = TurnDesk(
            log=self.log,
            waiting=self.waiting,
            dialogue=self.dialogue,
            fallback=Fallback(wording, self.knowledge, places.find),
            wording=wording,
            limiter=MessageLimiter(rates, limit=30),
            metrics=self.metrics,
            message_limit=self.message_limit,
            tokens=self.tokens,
            taken_over=TakenOver(self.holds, wording),
            enlisting=enlisting,
        )
        advisors = Advisors(self.holds, self.post, desk.bell.ring, nothing, pause=0.1)
        recovery = Recovery(self.waiting, self.dialogue, desk, pause=0.1)
        return Services(
            desk=desk,
            opinions=self.opinions,
            openings=OpeningLimiter(rates),
            senders=AddressLimiter(rates),
            places=places,
            wording=wording,
            metrics=self.metrics,
            probes=self.probes,
            heartbeat=self.heartbeat,
            today=lambda: TODAY,
            widget_sites=self.widget_sites,
            chores=(recovery.for_ever, advisors.for_ever, enlisting.for_ever) if self.recovers else (),
            site=self.site,
            directory=self.directory,
        )

    def app(self):
        return create_app(self.services())


@pytest.fixture
def bench(tmp_path):
    record = new_record(tmp_path / "conversations.db")
    log = ConversationLog(record, utc_now)
    holds, post = open_holds(record), open_advisor_post(record)
    yield Bench(log, Waiting(record, utc_now), open_opinions(record), holds, post, open_listing(record))
    log.close()


@pytest.fixture
async def client(bench):
    # Errors must come back as answers, as they do to owners.
    transport = httpx.ASGITransport(bench.app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as client:
        yield client


@pytest.fixture
async def token(client):
    """An open conversation's token; the client keeps no cookie."""
    answer = await client.post("/api/conversations", json={})
    client.cookies.clear()
    return answer.json()["token"]


@pytest.fixture
def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def address(bench):
    """The portal over stand-ins on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_app(bench.services()), "127.0.0.1", 0, patience=1)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def visit(browser, address):
    """Open the page in a browser of its own; what goes wrong in its scripts fails the test."""
    contexts, wrongs = [], []

    def elsewhere(url):
        return [] if url.startswith(address) else [url]

    def visit(width=1280, height=800, scheme="light", prepare=None):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on(
            "request", lambda request: wrongs.extend([] if request.url.startswith(address) else [request.url])
        )
        if prepare:
            prepare(page)
        page.goto(address)
        if not prepare:
            expect(page.get_by_text(GREETING)).to_be_visible()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrongs == []
