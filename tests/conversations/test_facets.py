"""Facets follow what they are made from, whoever writes it, and an older record gets them."""

from datetime import datetime, timezone

import pytest
from sqlalchemy import delete, inspect, select, update
from sqlalchemy.sql import Executable

from conversations.digest_models import (
    ConversationBodyRow,
    ConversationModelRow,
    ConversationNeedRow,
    DigestRow,
    TagRow,
)
from conversations.facet_triggers import DIGESTS
from conversations.facets import holds_all, holds_any
from conversations.migrating import bring_up_to_date, move
from conversations.models import ConversationRow
from conversations.transactions import Transactions

NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)
PLAIN = {"channel:web", "review:new"}


@pytest.fixture
def run(engine):
    """Run statements and add rows, in one transaction."""

    def run(*things):
        with Transactions(engine).write() as session:
            for each in things:
                session.execute(each) if isinstance(each, Executable) else session.add(each)
                session.flush()

    return run


@pytest.fixture
def ask(engine):
    """Return what a statement finds."""

    def ask(statement):
        with Transactions(engine).read() as session:
            return session.scalars(statement).all()

    return ask


@pytest.fixture
def begun(run):
    run(
        ConversationRow(id="c", token_hash="c", channel="web", created_at=NOW, last_seen_at=NOW),
        DigestRow(conversation_id="c", begun_at=NOW, active_at=NOW, channel="web", turns=1),
    )


@pytest.fixture
def facets(ask):
    """Return the facets of the conversation."""
    return lambda: set(*ask(select(DigestRow.facets)))


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("channel", "sms", {"channel:sms", "review:new"}),
        ("departement", "2A", PLAIN | {"departement:2A"}),
        ("region", "94", PLAIN | {"region:94"}),
        ("lowest_confidence", 0.59, PLAIN | {"band:low"}),
        ("lowest_confidence", 0.6, PLAIN | {"band:middle"}),
        ("lowest_confidence", 1.0, PLAIN | {"band:high"}),
        ("doubtful", True, PLAIN | {"doubtful"}),
        ("failed", True, PLAIN | {"failed"}),
        ("thumb_down", True, PLAIN | {"thumb_down"}),
        ("request_status", "done without help", PLAIN | {"request:done without help", "requested"}),
        ("review_state", "later", {"channel:web", "review:later"}),
        ("reviewer_id", "ab", PLAIN | {"reviewer:ab"}),
    ],
)
def test_a_column_that_changes_changes_its_facet(run, facets, begun, column, value, expected):
    assert facets() == PLAIN
    run(update(DigestRow).values({column: value}))
    assert facets() == expected


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        (ConversationNeedRow, "need", "need"),
        (ConversationModelRow, "model_id", "model"),
        (TagRow, "tag", "tag"),
        (ConversationBodyRow, "body_id", "body"),
    ],
)
def test_what_stands_beside_comes_and_goes(run, facets, begun, table, column, kind):
    run(*(table(conversation_id="c", **{column: each}) for each in ("à relire", "b")))
    assert facets() == PLAIN | {f"{kind}:à relire", f"{kind}:b"}
    run(delete(table).where(getattr(table, column) == "b"))
    assert facets() == PLAIN | {f"{kind}:à relire"}


def test_part_of_a_facet_is_none(run, ask, begun):
    run(TagRow(conversation_id="c", tag="aides à relire"))
    assert ask(select(DigestRow.conversation_id).where(holds_all(DigestRow.facets, ["tag:aides"]))) == []
    whole = holds_all(DigestRow.facets, ["tag:aides à relire", "channel:web"])
    assert ask(select(DigestRow.conversation_id).where(whole)) == ["c"]


def test_all_is_more_than_any(ask, begun):
    asked = ["channel:web", "failed"]
    assert ask(select(DigestRow.conversation_id).where(holds_all(DigestRow.facets, asked))) == []
    assert ask(select(DigestRow.conversation_id).where(holds_any(DigestRow.facets, asked))) == ["c"]


def test_an_older_record_gets_its_facets_once(engine, run, facets, begun):
    run(ConversationNeedRow(conversation_id="c", need="website"))
    move(engine, form="0001")
    bring_up_to_date(engine)
    assert facets() == PLAIN | {"need:website"}
    run(ConversationNeedRow(conversation_id="c", need="grants"))
    assert facets() == PLAIN | {"need:website", "need:grants"}
    names = {index["name"] for index in inspect(engine).get_indexes(DIGESTS)}
    assert "ix_digests_walk" in names
    assert "ix_digests_channel" not in names


@pytest.mark.parametrize("tag", ["[à relire]", "*", "?", "100 % *", "it's \\"])
def test_signs_in_a_facet_stand_for_themselves(run, ask, begun, tag):
    run(TagRow(conversation_id="c", tag=tag))
    assert ask(select(DigestRow.conversation_id).where(holds_all(DigestRow.facets, [f"tag:{tag}"]))) == ["c"]
    run(update(TagRow).values(tag="x"), delete(TagRow), TagRow(conversation_id="c", tag="y"))
    assert ask(select(DigestRow.conversation_id).where(holds_all(DigestRow.facets, [f"tag:{tag}"]))) == []
