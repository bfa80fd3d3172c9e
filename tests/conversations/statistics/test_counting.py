"""What is counted, of which days, for whom; on both databases."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete

from conversations.bootstrap import open_statistics
from conversations.digest_models import ConversationNeedRow
from conversations.statistics import desk
from conversations.statistics.counting import Question, region_of
from conversations.statistics.tables import (
    ALL,
    COUNTRY,
    DEPARTEMENT,
    NO_NEED,
    OUTCOME,
    REGION,
    REST,
    SIZE,
    TRADE,
    Cell,
    section_of,
)
from conversations.transactions import Transactions
from tests.conversations.statistics.conftest import NOW, OCTOBER

MONTH = Question(date(2026, 10, 1), date(2026, 10, 31))


@dataclass(frozen=True)
class Sight:
    bodies: frozenset = frozenset()
    departments: frozenset = frozenset()
    regions: frozenset = frozenset()


def test_a_conversation_counts_once_for_each_need(statistics, write):
    write(2, needs=("website", "grants"), departement="29", region="53", trade="47", headcount=3)
    write(1, needs=(), departement="35", region="53")
    counts = statistics.counts(MONTH, None).cells
    assert counts[Cell(COUNTRY, "", "website")] == counts[Cell(COUNTRY, "", "grants")] == 2
    assert counts[Cell(COUNTRY, "", NO_NEED)] == 1
    assert counts[Cell(COUNTRY, "", ALL)] == counts[Cell(REGION, "53", ALL)] == 5
    assert counts[Cell(DEPARTEMENT, "29", "website")] == counts[Cell(TRADE, "G", "website")] == 2
    assert counts[Cell(SIZE, "1-9", "grants")] == 2
    assert statistics.counts(MONTH, None).conversations == 3


@pytest.mark.parametrize(
    ("headcount", "size"),
    [(None, ""), (0, "0"), (1, "1-9"), (9, "1-9"), (10, "10-49"), (49, "10-49"), (50, "50+")],
)
def test_sizes_have_exact_limits(statistics, write, headcount, size):
    write(headcount=headcount)
    assert statistics.counts(MONTH, None).cells[Cell(SIZE, size, "website")] == 1


def test_outcomes_are_counted_with_what_is_left(statistics, write):
    write(3, doubtful=True, thumb_down=True)
    write(2, requests=1, thumb_up=True)
    write(1, failed=True)
    counts = statistics.counts(MONTH, None).cells
    found = {
        each: counts[Cell(OUTCOME, each, "website")]
        for each in ("doubtful", "failed", "thumb_up", "thumb_down", "requested")
    }
    assert found == {"doubtful": 3, "failed": 1, "thumb_up": 2, "thumb_down": 3, "requested": 2}
    assert counts[Cell(REST, "doubtful", "website")] == 3


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        (datetime(2026, 9, 30, 21, 59, tzinfo=timezone.utc), 0),  # 23:59 in Paris, the day before
        (datetime(2026, 9, 30, 22, 0, tzinfo=timezone.utc), 1),
        (datetime(2026, 10, 31, 22, 59, tzinfo=timezone.utc), 1),  # winter time has come
        (datetime(2026, 10, 31, 23, 0, tzinfo=timezone.utc), 0),
    ],
)
def test_days_are_those_of_paris(statistics, write, moment, counted):
    write(at=moment)
    assert statistics.counts(MONTH, None).conversations == counted


def test_a_viewer_counts_what_they_may_read(statistics, write):
    write(4, departement="29", region="53")
    write(3, departement="35", region="53")
    write(2, departement="75", region="11", body="cma-29")
    seen = {
        Sight(departments=frozenset({"29"})): 4,
        Sight(regions=frozenset({"53"})): 7,
        Sight(bodies=frozenset({"cma-29"})): 2,
        Sight(): 0,
    }
    for sight, count in seen.items():
        assert statistics.counts(MONTH, sight).cells.get(Cell(COUNTRY, "", ALL), 0) == count
        assert statistics.counts(MONTH, sight).conversations == count
        assert sum(statistics.counts(MONTH, sight).days.values()) == count


def test_a_question_is_narrowed_to_a_region_a_departement_or_a_need(statistics, write):
    write(4, departement="29", region="53")
    write(3, departement="75", region="11", needs=("grants",))
    narrowed = {"region": "53", "departement": "29", "need": "website"}
    for name, value in narrowed.items():
        assert statistics.counts(replace(MONTH, **{name: value}), None).conversations == 4


def test_days_are_told_apart(statistics, write):
    write(2)
    write(1, at=OCTOBER + timedelta(1), needs=("grants",))
    assert statistics.counts(MONTH, None).days == {
        (date(2026, 10, 15), "website"): 2,
        (date(2026, 10, 16), "grants"): 1,
    }


@pytest.mark.parametrize(
    ("row", "region"), [("29", "53"), ("2A", "94"), ("R53", "53"), ("", ""), ("975", "")]
)
def test_a_departement_lies_in_its_region(row, region):
    assert region_of(row) == region


@pytest.mark.parametrize(
    ("division", "section"), [("47", "G"), ("01", "A"), ("99", "U"), ("", ""), ("xx", "")]
)
def test_a_division_lies_in_its_section(division, section):
    assert section_of(division) == section


def test_a_month_is_published_once_it_has_ended(statistics, write):
    write(12, departement="29", region="53")
    write(30, at=NOW)
    assert statistics.publish() == ["2026-10"]
    assert statistics.publish() == []
    [month] = statistics.months()
    assert month.counts[Cell(COUNTRY, "", "website")] == 12


def test_a_published_month_changes_no_more(statistics, write, engine):
    write(12)
    statistics.publish()
    with Transactions(engine).write() as session:
        session.execute(delete(ConversationNeedRow))
    write(50)
    statistics.publish()
    assert statistics.months()[0].counts[Cell(COUNTRY, "", "website")] == 12


def test_small_counts_are_not_published_nor_what_gives_them_away(statistics, write):
    write(3, departement="29", region="53")
    write(20, departement="35", region="53")
    write(40, departement="75", region="11")
    statistics.publish()
    counts = statistics.months()[0].counts
    assert Cell(DEPARTEMENT, "29", "website") not in counts
    assert Cell(DEPARTEMENT, "35", "website") not in counts  # the région less 35 would be 29
    assert counts[Cell(COUNTRY, "", "website")] == 63
    assert all(count >= 5 for count in counts.values())
    assert {cell.table for cell in counts}.isdisjoint({REST})


def test_months_without_a_conversation_are_published_empty(statistics, write):
    write(6, at=datetime(2026, 8, 3, 12, 0, tzinfo=timezone.utc))
    assert statistics.publish() == ["2026-08", "2026-09", "2026-10"]
    assert statistics.months()[0].counts == {}


def test_an_empty_record_publishes_nothing(statistics):
    assert statistics.publish() == []
    assert statistics.months() == []


def test_a_month_that_somebody_else_published_meanwhile_stays(statistics, write, engine, monkeypatch):
    write(12)
    other = open_statistics(engine, lambda: NOW)
    counted = desk.given

    def meanwhile(session, question):
        cells = counted(session, question)
        monkeypatch.setattr(desk, "given", counted)
        other.publish()
        return cells

    monkeypatch.setattr(desk, "given", meanwhile)
    assert statistics.publish() == []
    assert len(statistics.months()) == 1
