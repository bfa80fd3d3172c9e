"""The console's requests over a real record; which bodies there are is decided by the test."""

from dataclasses import dataclass, field, replace

import pytest

from console.requests.book import RequestBook
from console.requests.routing import Meant
from console.services import Services
from console.viewers import Role, Scope
from conversations.bootstrap import open_advising, open_interests, open_requests, utc_now
from conversations.log import ConversationLog
from conversations.privacy_bootstrap import open_reading_log
from conversations.request_views import Recipient
from tests.console.conftest import viewer
from tests.conversations.advisors import NETWORK
from tests.conversations.post import PAGE, Post
from tests.conversations.test_requests import BODY, NEW
from tests.databases import new_record

CMA = Recipient("cma-essai", "CMA d'essai", "contact@cma.example")
OTHER = "other"  # the token of an advisor of another body


@dataclass
class FakeBodies:
    """Two bodies, the first of which is meant wherever nothing says so."""

    all: dict = field(default_factory=lambda: {each.id: each for each in (BODY, CMA)})

    def meant(self, request, served):
        return Meant(BODY.id, "29", "53")

    def near(self, request):
        return list(self.all.values())

    def body(self, body_id):
        return self.all.get(body_id)


@dataclass
class Office:
    """The record, and the requests of the console over it."""

    record: object

    def __post_init__(self):
        self.log = ConversationLog(self.record, utc_now)
        self.desk = open_requests(self.record, Post())
        self.advising = open_advising(self.record, Post(), page=PAGE)
        self.interests = open_interests(self.record)
        self.book = RequestBook(
            advising=self.advising,
            log=self.log,
            reads=open_reading_log(self.record),
            bodies=FakeBodies(),
            served=lambda: frozenset({BODY.id, CMA.id}),
            clock=utc_now,
            departements={"29": "Finistère", "35": "Ille-et-Vilaine"},
            regions={"53": frozenset({"29", "35"})},
        )

    def asked(self, shared=True, **changes):
        """Return a request that an owner made in a conversation, and the conversation."""
        _, conversation = self.log.start()
        turn = self.log.receive(conversation, "m1", changes.pop("said", "Je veux refaire mon site"))
        self.log.answer(turn, [{"text": "Voici à qui vous adresser."}], {"model_id": "essai"})
        return self.asked_in(conversation.id, shared, **changes), conversation

    def asked_in(self, conversation_id, shared=True, **changes):
        """Return a request that is made in a conversation."""
        new = replace(NEW, conversation_id=conversation_id, shares_conversation=shared, **changes)
        return self.desk.open(new)


@pytest.fixture
def office(tmp_path):
    record = new_record(tmp_path / "record.db")
    yield Office(record)
    record.dispose()


@pytest.fixture
def sessions(sessions):
    here = Scope(frozenset({BODY.id}), frozenset({"29"}))
    sessions.known["advisor"] = viewer(Role.ADVISOR, scope=here, name="Anne Kerbrat")
    there = Scope(frozenset({CMA.id}), frozenset({"29"}))
    sessions.known[OTHER] = viewer(
        Role.ADVISOR,
        scope=there,
        name="Zoé Martin",
        account_id="zoe",
        csrf="csrf-other",
        email="zoe@cma.example",
    )
    return sessions


@pytest.fixture
def services(sessions, office):
    return Services(sessions=sessions, requests=office.book)


@pytest.fixture
def anne(visitor):
    return visitor(Role.ADVISOR)


@pytest.fixture
def admin(visitor):
    return visitor(Role.ADMINISTRATOR)


@pytest.fixture
def zoe(visitor):
    client = visitor(Role.ADVISOR)
    client.cookies.clear()
    client.cookies.set("boussole_console", OTHER)
    client.headers["X-CSRF-Token"] = "csrf-other"
    return client


@pytest.fixture
def network():
    return NETWORK
