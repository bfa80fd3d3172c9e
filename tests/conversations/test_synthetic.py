from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from conversations.bootstrap import open_record, open_statistics
from conversations.digest_models import DigestRow
from conversations.models import ConversationRow, TurnRow
from conversations.opinion_models import OpinionRow
from conversations.request_models import RequestRow
from conversations.statistics.counting import Question
from conversations.synthetic.drawing import load_month
from conversations.synthetic.month import Month, RecordNotEmpty
from conversations.transactions import Transactions
from knowledge.codes import Need
from knowledge.territories import load_territories
from settings import ROOT
from yaml_files import read_yaml

LAST = date(2026, 11, 20)


def month(path, seed, conversations=150):
    engine = open_record(f"sqlite:///{path}")
    Month(engine, seed).write(conversations, 30, LAST)
    return engine


def told(engine):
    """Return what a record holds, without its random ids."""
    columns = (TurnRow.text, TurnRow.understood, TurnRow.failure, TurnRow.received_at)
    with Transactions(engine).read() as session:
        turns = session.execute(select(*columns).order_by(TurnRow.received_at, TurnRow.text)).all()
        requests = select(RequestRow.name, RequestRow.status, RequestRow.created_at)
        return [tuple(row) for row in turns], [
            tuple(row) for row in session.execute(requests.order_by(RequestRow.created_at))
        ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    engine = month(tmp_path_factory.mktemp("month") / "record.db", seed=7)
    yield engine
    engine.dispose()


def test_the_same_seed_gives_the_same_month(tmp_path):
    first, again, other = (month(tmp_path / name, seed, 15) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert told(first) == told(again)
    assert told(first) != told(other)
    for engine in (first, again, other):
        engine.dispose()


def test_a_month_has_something_of_everything(made):
    with Transactions(made).read() as session:
        digests = session.scalars(select(DigestRow)).all()
        thumbs = Counter(session.scalars(select(OpinionRow.thumb)))
    assert len(digests) == 150
    assert len({each.departement for each in digests}) > 15
    assert len({need for each in digests for need in each.needs or ()}) > 10
    assert {each.channel for each in digests} >= {"web", "whatsapp"}
    assert {each.request_status for each in digests} >= {None, "new", "taken"}
    for share in (sum(each.doubtful for each in digests), sum(each.failed for each in digests)):
        assert 0 < share < 60
    assert thumbs["up"] > thumbs["down"] > 0


def test_something_followed_of_all_that_is_counted(made):
    found = open_statistics(made).following(Question(date(2026, 10, 20), LAST), None)
    answers = found.answers
    assert all((answers.nothing, answers.only_national, answers.schemes))
    assert all(found.barriers.values())
    assert found.people.made > found.people.taken > found.people.replied > 0
    assert found.people.answers


def test_the_days_are_those_asked_for(made):
    with Transactions(made).read() as session:
        first = session.scalar(select(func.min(ConversationRow.created_at)))
        last = session.scalar(select(func.max(DigestRow.active_at)))
    assert date(2026, 10, 21) <= first.date()
    assert last.date() <= date(2026, 11, 21)


def test_made_up_conversations_are_not_mixed_with_others(made):
    with pytest.raises(RecordNotEmpty):
        Month(made, 1).write(1, 1, LAST)


def test_the_tables_name_what_there_is():
    tables, territories = load_month(), load_territories()
    assert set(tables["needs"]) == set(Need.values())
    for _, name, code, _ in tables["places"]:
        place = territories.get("commune", code)
        assert place.name == name
        for family in ("cma", "cci"):
            record = ROOT / "knowledge" / "content" / "advisors" / f"{family}-{place.departement.lower()}.yml"
            assert record.exists(), record.name
    content = ROOT / "knowledge" / "content"
    for code, name in tables["nationals"]:
        assert f"name: {name}\n" in (content / "advisors" / f"{code}.yml").read_text()
    for need, schemes in tables["schemes"].items():
        for _, code, title in schemes:
            record = read_yaml(content / "schemes" / f"{code}.yml")
            assert record["titre"] == title
            assert need in record["needs"]
