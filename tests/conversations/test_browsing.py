from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from conversations import browsing, walking
from conversations.bootstrap import open_browsing, open_saved_views
from conversations.browsing import Count
from conversations.cursors import BadCursor, pack
from conversations.digest_models import (
    ConversationBodyRow,
    ConversationModelRow,
    ConversationNeedRow,
    DigestRow,
    TagRow,
)
from conversations.filters import Filters
from conversations.models import ConversationRow
from conversations.saved_views import MOST_VIEWS, TooManyViews
from conversations.transactions import Transactions

START = datetime(2026, 3, 1, tzinfo=timezone.utc)
ALL = Filters()


@dataclass(frozen=True)
class Seen:
    bodies: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@pytest.fixture
def lists(engine):
    return open_browsing(engine)


@pytest.fixture
def add(engine):
    """Write a digest, numbered in the order of activity."""

    def add(number, **columns):
        needs, models = columns.pop("needs", []), columns.pop("models", [])
        tags, bodies = columns.pop("tags", []), columns.pop("bodies", [])
        key = f"c{number:03}"
        at = columns.pop("active_at", START + timedelta(hours=number))
        with Transactions(engine).write() as session:
            session.add(
                ConversationRow(id=key, token_hash=key, channel="web", created_at=at, last_seen_at=at)
            )
            session.flush()
            known = {"begun_at": at, "active_at": at, "channel": "web", "needs": needs or None, "turns": 1}
            session.add(DigestRow(conversation_id=key, **(known | columns)))
            session.add_all(ConversationNeedRow(conversation_id=key, need=each) for each in needs)
            session.add_all(ConversationModelRow(conversation_id=key, model_id=each) for each in models)
            session.add_all(ConversationBodyRow(conversation_id=key, body_id=each) for each in bodies)
            session.add_all(TagRow(conversation_id=key, tag=each) for each in tags)
        return key

    return add


def ids(page):
    return [digest.conversation_id for digest in page.digests]


def test_the_latest_comes_first_with_all_that_a_line_shows(lists, add):
    add(1, place="Brest", needs=["website", "grants"], tags=["à relire", "aides"], excerpt="un site")
    add(2)
    page = lists.page(ALL, None)
    assert ids(page) == ["c002", "c001"]
    line = page.digests[1]
    assert (line.place, line.needs, line.tags) == ("Brest", ("website", "grants"), ("aides", "à relire"))
    assert (line.excerpt, line.review_state, line.active_at) == ("un site", "new", START + timedelta(hours=1))
    assert (page.next, page.previous) == (None, None)


@pytest.mark.parametrize(
    ("filters", "columns"),
    [
        (Filters(channel="sms"), {"channel": "sms"}),
        (Filters(need="grants"), {"needs": ["website", "grants"]}),
        (Filters(departement="29"), {"departement": "29"}),
        (Filters(region="53"), {"region": "53"}),
        (Filters(band="low"), {"lowest_confidence": 0.59}),
        (Filters(band="middle"), {"lowest_confidence": 0.6}),
        (Filters(band="high"), {"lowest_confidence": 1.0}),
        (Filters(doubtful=True), {"doubtful": True}),
        (Filters(failed=True), {"failed": True}),
        (Filters(thumb_down=True), {"thumb_down": True}),
        (Filters(request="any"), {"request_status": "taken"}),
        (Filters(request="taken"), {"request_status": "taken"}),
        (Filters(review="later"), {"review_state": "later"}),
        (Filters(reviewer="a1"), {"reviewer_id": "a1"}),
        (Filters(tag="aides"), {"tags": ["aides"]}),
        (Filters(model="modele-2"), {"models": ["modele-1", "modele-2"]}),
        (Filters(since=START + timedelta(days=9)), {"active_at": START + timedelta(days=9)}),
        (Filters(until=START), {"active_at": START - timedelta(seconds=1)}),
    ],
)
def test_each_filter_keeps_what_fits_and_nothing_else(lists, add, filters, columns):
    add(1)
    add(2, **columns)
    add(3, request_status="done" if filters.request == "taken" else None)
    assert ids(lists.page(filters, None)) == ["c002"]
    assert lists.count(filters, None) == Count(1, False)


def test_filters_hold_together(lists, add):
    add(1, departement="29", needs=["website"], thumb_down=True)
    add(2, departement="29", needs=["website"])
    add(3, departement="35", needs=["website"], thumb_down=True)
    assert ids(lists.page(Filters(departement="29", need="website", thumb_down=True), None)) == ["c001"]


@pytest.mark.parametrize("together", [False, True])
def test_pages_lead_on_and_back_without_gap_or_repeat(lists, add, together):
    added = [add(number, **({"active_at": START} if together else {})) for number in range(11)]
    pages, cursor = [], None
    while True:
        page = lists.page(ALL, None, cursor, size=4)
        pages.append(ids(page))
        if page.next is None:
            break
        cursor = page.next
    assert sum(pages, []) == added[::-1]
    back = [pages[-1]]
    while page.previous:
        page = lists.page(ALL, None, page.previous, size=4)
        back.insert(0, ids(page))
    assert back == pages
    assert page.next is not None


def test_what_comes_in_meanwhile_moves_no_page(lists, add):
    for number in range(6):
        add(number)
    first = lists.page(ALL, None, size=3)
    add(50)
    second = lists.page(ALL, None, first.next, size=3)
    assert ids(second) == ["c002", "c001", "c000"]
    assert ids(lists.page(ALL, None, second.previous, size=3)) == ["c005", "c004", "c003"]


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "' OR 1=1 --", pack([1, 2, 3]), pack(["n", 1]), pack(["n", "1", "c"]), "A" * 999, "bnVsbA"],
)
def test_a_made_up_cursor_is_refused(lists, add, cursor):
    add(1)
    with pytest.raises(BadCursor):
        lists.page(ALL, None, cursor)


@pytest.mark.parametrize("at", [-(10**30), 0, 10**30])
def test_a_cursor_beyond_the_calendar_is_an_end_of_the_list(lists, add, at):
    add(1)
    assert ids(lists.page(ALL, None, pack(["n", at, "'"]))) in ([], ["c001"])


@pytest.mark.parametrize("value", ["'", "29' OR '1'='1", "%", "\\", "x" * 5000, "é", "🙂"])
def test_a_hostile_filter_is_a_value_that_nothing_has(lists, add, value):
    add(1, departement="29", needs=["website"])
    for name in ("channel", "need", "departement", "request", "review", "reviewer", "tag", "model"):
        assert ids(lists.page(Filters(**{name: value}), None)) == []


def test_a_viewer_sees_territories_and_requests_of_their_own(lists, add):
    add(1, departement="29", region="53")
    add(2, departement="35", region="53")
    add(3, departement="75", region="11", bodies=["cma-29"])
    add(4)
    for sight, expected in (
        (Seen(departments=("29",)), ["c001"]),
        (Seen(regions=("53",)), ["c002", "c001"]),
        (Seen(bodies=("cma-29",)), ["c003"]),
        (Seen(("cma-29",), ("29",)), ["c003", "c001"]),
        (Seen(), []),
        (None, ["c004", "c003", "c002", "c001"]),
    ):
        assert ids(lists.page(ALL, sight)) == expected
        assert lists.count(ALL, sight).number == len(expected)
        seen = {key for key in ("c001", "c002", "c003", "c004") if lists.one(key, sight)}
        assert seen == set(expected)
    assert lists.one("unknown", None) is None


def test_more_than_is_worth_counting_is_said_so(lists, add, monkeypatch):
    monkeypatch.setattr(browsing, "MOST_COUNTED", 2)
    for number in range(3):
        page = lists.page(ALL, None)
        assert lists.count(ALL, None) == lists.count(ALL, None, page) == Count(number, False)
        add(number)
    assert lists.count(ALL, None) == Count(2, True)
    assert lists.count(ALL, None, lists.page(ALL, None, size=1)) == Count(2, True)


def test_choices_are_what_is_there(lists, add):
    add(1, channel="sms", models=["m2"], tags=["aides"], reviewer_id="a1")
    add(2, models=["m1", "m2"], tags=["aides", "à relire"])
    assert lists.channels() == ["sms", "web"]
    assert lists.models() == ["m1", "m2"]
    assert sorted(lists.tags()) == ["aides", "à relire"]
    assert lists.reviewers() == ["a1"]


def test_saved_views_are_each_accounts_own(engine, clock):
    views = open_saved_views(engine, clock)
    views.save("anne", "  Doutes  du Finistère ", "doute=1&departement=29")
    views.save("anne", "Doutes du Finistère", "doute=1")
    views.save("basile", "Doutes du Finistère", "canal=sms")
    (mine,) = views.of("anne")
    assert (mine.name, mine.query) == ("Doutes du Finistère", "doute=1")
    (theirs,) = views.of("basile")
    assert not views.drop("anne", theirs.id)
    assert views.of("basile") == [theirs]
    assert views.drop("anne", mine.id)
    assert views.of("anne") == []
    views.drop_all("basile")
    assert views.of("basile") == []


def test_saved_views_have_a_name_and_an_end(engine, clock):
    views = open_saved_views(engine, clock)
    for name, query in (("", "a=1"), (" ", "a=1"), ("x" * 61, "a=1"), ("x", "a" * 2001)):
        with pytest.raises(ValueError, match="short name"):
            views.save("anne", name, query)
    for number in range(MOST_VIEWS):
        views.save("anne", f"vue {number}", "")
    with pytest.raises(TooManyViews):
        views.save("anne", "une de plus", "")
    views.save("anne", "vue 3", "changée=1")


def test_a_line_keeps_the_owners_words_out_of_logs(lists, add):
    add(1, excerpt="je m'appelle Anne")
    (line,) = lists.page(ALL, None).digests
    assert "Anne" not in repr(line)


@pytest.mark.parametrize("window", [1, 3, 100])
def test_what_stands_beyond_the_latest_run_is_found_too(lists, add, monkeypatch, window):
    monkeypatch.setattr(walking, "WINDOW", window)
    for number in range(12):
        add(number, failed=number % 4 == 0)
    rare = Filters(failed=True)
    page = lists.page(rare, None, size=2)
    assert ids(page) == ["c008", "c004"]
    assert ids(lists.page(rare, None, page.next, size=2)) == ["c000"]
    last = lists.page(rare, None, page.next, size=2)
    assert ids(lists.page(rare, None, last.previous, size=2)) == ["c008", "c004"]
    assert lists.count(rare, None, page) == Count(3, False)


def test_what_never_stands_together_is_nothing(lists, add):
    add(1, doubtful=True, lowest_confidence=0.3)
    add(2, lowest_confidence=0.9)
    never = Filters(doubtful=True, band="high")
    assert ids(lists.page(never, None)) == []
    assert lists.count(never, None) == Count(0, False)
