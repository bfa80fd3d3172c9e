"""The console's logs over a record of the test's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from console.conversations.desk import open_logs
from console.services import Services
from conversations.log import ConversationLog
from tests.conversations.test_digests import BREST, say, understood
from tests.databases import new_record

RENNES = {"level": "commune", "code": "35238", "name": "Rennes"}
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PERSONAL = "Anne Le Gall, anne@atelier.example, 06 39 98 12 34"


class Clock:
    """Stands still but for a second at each question."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Bench:
    """What a test writes to: the log, and the conversations that are there."""

    log: ConversationLog
    brest: str
    rennes: str

    def speak(self, conversation_id: str, number: str, words: str, answer: str = "Voici.", **heard):
        conversation = self.log.by_id(conversation_id)
        territory = conversation.territory
        return say(self.log, conversation, number, words, understood(**heard), territory, [{"text": answer}])


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def bench(record, clock):
    """Two conversations: one in Brest about a site, one in Rennes about grants."""
    log = ConversationLog(record, clock)
    _, brest = log.start(territory=BREST)
    _, rennes = log.start(channel="sms", territory=RENNES)
    bench = Bench(log, brest.id, rennes.id)
    bench.speak(brest.id, "1", "un site pour la crêperie")
    bench.speak(rennes.id, "1", "une aide pour la boutique", needs=("grants",))
    return bench


@pytest.fixture
def services(sessions, record, clock, bench):
    logs = open_logs(
        record,
        clock,
        {"29": "29 Finistère", "35": "35 Ille-et-Vilaine"},
        {"53": "Bretagne"},
        lambda: {"a1": "Anne"},
    )
    return Services(sessions=sessions, logs=logs)
