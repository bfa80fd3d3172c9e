"""Digests in a line, to be counted."""

from datetime import datetime, timezone
from itertools import count

import pytest

from conversations.bootstrap import open_statistics
from conversations.digest_models import ConversationBodyRow, ConversationNeedRow, DigestRow
from conversations.models import ConversationRow
from conversations.statistics.models import SignRow
from conversations.statistics.signs import signs_of
from conversations.transactions import Transactions

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)
OCTOBER = datetime(2026, 10, 15, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def statistics(engine):
    return open_statistics(engine, lambda: NOW)


@pytest.fixture
def write(engine):
    """Write conversations that are alike."""
    numbers, transactions = count(1), Transactions(engine)

    def write(times=1, at=OCTOBER, needs=("website",), body=None, **digest):
        with transactions.write() as session:
            for _ in range(times):
                key = f"{next(numbers):032}"
                session.add(
                    ConversationRow(
                        id=key, token_hash=key, channel="web", created_at=at, last_seen_at=at, last_position=0
                    )
                )
                session.flush()
                session.add(
                    DigestRow(conversation_id=key, begun_at=at, active_at=at, channel="web", **digest)
                )
                session.flush()
                session.add_all(ConversationNeedRow(conversation_id=key, need=need) for need in needs)
                said = signs_of(needs, None, ())
                session.add_all(SignRow(conversation_id=key, kind=kind, code=code) for kind, code in said)
                if body:
                    session.add(ConversationBodyRow(conversation_id=key, body_id=body))

    return write
