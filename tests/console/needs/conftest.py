"""The counts of a record with some conversations, in a month that has ended and in this one."""

from datetime import datetime, timezone

import pytest

from console.needs.book import NeedsBook
from console.services import Services
from console.viewers import Role, Scope
from conversations.bootstrap import open_statistics
from conversations.digest_models import ConversationBodyRow, ConversationNeedRow, DigestRow
from conversations.handling_models import RequestHolderRow, SatisfactionRow
from conversations.models import ConversationRow
from conversations.request_models import RequestRow
from conversations.statistics.models import SignRow
from conversations.statistics.signs import signs_of
from conversations.transactions import Transactions
from knowledge.territories import load_territories
from tests.console.conftest import viewer
from tests.databases import new_record

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)
THEN = datetime(2026, 10, 15, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def book(record):
    statistics = open_statistics(record, lambda: NOW)
    for at in (THEN, NOW):
        fill(record, at, "29", "53", 3, "website")
        fill(record, at, "29", "53", 9, "grants")
        fill(record, at, "35", "53", 21, "website")
        fill(record, at, "75", "11", 47, "website")
    statistics.publish()
    return NeedsBook(statistics, load_territories())


@pytest.fixture
def services(sessions, book):
    sessions.known["advisor"] = viewer(Role.ADVISOR, scope=Scope(frozenset({"cma-29"}), frozenset({"29"})))
    return Services(sessions=sessions, needs=book)


def fill(engine, at, departement, region, times, need):
    with Transactions(engine).write() as session:
        for number in range(times):
            key = f"{at:%m}{departement}{need}{number}".ljust(32, "x")[:32]
            session.add(
                ConversationRow(
                    id=key, token_hash=key, channel="web", created_at=at, last_seen_at=at, last_position=0
                )
            )
            session.flush()
            session.add(
                DigestRow(
                    conversation_id=key,
                    begun_at=at,
                    active_at=at,
                    channel="web",
                    departement=departement,
                    region=region,
                )
            )
            session.flush()
            session.add(ConversationNeedRow(conversation_id=key, need=need))
            for kind, code in signs_of([need], None, ()):
                session.add(SignRow(conversation_id=key, kind=kind, code=code))


def follow(engine, departement, body="cma-75"):
    """Let everything follow that the page counts, in each conversation of a département."""
    with Transactions(engine).write() as session:
        owners = session.query(DigestRow).filter_by(departement=departement).all()
        for row in owners:
            key, at = row.conversation_id, row.begun_at
            row.doubtful = row.failed = row.thumb_up = row.thumb_down = True
            row.requests, row.trade, row.headcount = 1, "47", 3
            for kind, code in (
                ("nothing", "website"),
                ("national", "website"),
                ("scheme", "a"),
                ("barrier", "skills"),
            ):
                session.add(SignRow(conversation_id=key, kind=kind, code=code, title="Aide A"))
            session.add(ConversationBodyRow(conversation_id=key, body_id=body))
            about = {"conversation_id": key, "reminders_sent": 0}
            times = {"consent_at": at, "created_at": at, "changed_at": at}
            said = {"status": "done", "summary": "…", "consent": "oui", "reference": f"R{key[:15]}"}
            session.add(RequestRow(id=key, recipient_id=body, recipient_name="CMA", **about, **times, **said))
            session.flush()
            taken = {
                "account_id": "a",
                "name": "A",
                "email": "a@example.org",
                "taken_at": at,
                "replied_at": at,
            }
            session.add(RequestHolderRow(request_id=key, **about, **taken))
            session.add(
                SatisfactionRow(
                    request_id=key, conversation_id=key, token_hash=key, asked_at=at, answer="yes"
                )
            )
