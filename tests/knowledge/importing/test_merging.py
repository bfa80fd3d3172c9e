"""Who is believed, field by field."""

from datetime import date

import pytest

from knowledge.importing.merging import Given, merge, rank_of

TODAY = date(2026, 11, 26)
PHONES = {"content": "02 98 00 38 00", "dila": "02 98 98 29 29"}


@pytest.fixture
def given(advisor):
    def make(source, confidence, seen="2026-06-01", precedence=None, **fields):
        record = advisor(
            "cci-29", confidence=confidence, seen=seen, source_url="https://page.example/", **fields
        )
        return Given(source, precedence or ("content" if source == "content" else "official"), "1", record)

    return make


@pytest.mark.parametrize(
    ("source", "confidence", "seen", "precedence", "rank"),
    [
        ("content", "official", "2019-01-01", "content", 0),
        ("dila", "official", "2026-06-01", "official", 1),
        ("dila", "official", "2024-11-26", "official", 1),  # 24 months to the day
        ("dila", "official", "2024-11-25", "official", 3),  # a day more
        ("dila", "official", None, "official", 3),
        ("dila", "secondary", "2026-06-01", "official", 3),
        ("content", "secondary", "2026-06-01", "content", 2),
        ("content", "directory-2019", "2019-10", "content", 2),
        ("content", "memory", None, "content", 2),
        ("les-aides", "official", "2026-06-01", "other", 3),
    ],
)
def test_precedence(given, source, confidence, seen, precedence, rank):
    assert rank_of(given(source, confidence, seen, precedence), TODAY) == rank


@pytest.mark.parametrize(
    ("ours", "seen", "winner"),
    [
        ("official", "2026-06-01", "content"),
        ("secondary", "2026-06-01", "dila"),
        ("directory-2019", "2026-06-01", "dila"),
        ("secondary", "2023-06-01", "content"),
    ],
)
def test_the_number_is_that_of_the_most_believed(given, ours, seen, winner):
    records = [
        given("content", ours, phone=PHONES["content"]),
        given("dila", "official", seen, phone=PHONES["dila"]),
    ]
    merged = merge(records, "cci-29", TODAY)
    assert merged.record.phone == PHONES[winner]
    assert merge(reversed(records), "cci-29", TODAY) == merged


def test_a_less_sure_mailbox_is_not_shown_under_a_surer_mark(given):
    ours = given("content", "directory-2019", email="accueil@cci.example.fr", phone=PHONES["content"])
    merged = merge([ours, given("dila", "official", phone=PHONES["dila"])], "cci-29", TODAY)
    assert (merged.record.email, merged.record.confidence.value) == (None, "official")


def test_what_we_judge_stays_ours(given):
    ours = given("content", "memory", needs=["loans"], first_for=["loans"], services="Reçoit.")
    theirs = given("dila", "official", needs=["website"], services="Autre.", phone=PHONES["dila"])
    record = merge([theirs, ours], "cci-29", TODAY).record
    assert ([str(need) for need in record.needs], record.services) == (["loans"], "Reçoit.")
    assert (record.phone, record.confidence.value) == (PHONES["dila"], "official")


def test_the_area_comes_from_the_directory_where_we_have_none(given):
    where = {"level": "departement", "territory": "29"}
    theirs = given("dila", "official", area=["EPCI-200068120"], seat="COM-29232", **where)
    record = merge([given("content", "memory", **where), theirs], "cci-29", TODAY).record
    assert (record.area, record.seat) == (["EPCI-200068120"], "COM-29232")


def test_the_trace_names_winner_and_loser_where_they_differ(given):
    records = [
        given("content", "secondary", phone=PHONES["content"]),
        given("dila", "official", phone=PHONES["dila"]),
    ]
    traced = {each.field: (each.source, each.lost) for each in merge(records, "cci-29", TODAY).trace}
    assert traced == {"phone": ("dila", ("content",)), "confidence": ("dila", ("content",))}


def test_whether_a_scheme_is_open_comes_from_who_knows(scheme):
    ours = Given("content", "content", "1", scheme(status="unknown", promesse="Nos mots"))
    theirs = Given(
        "national",
        "official",
        "x",
        scheme(
            status="ended",
            date_cloture="2026-01-31",
            promesse="Leurs mots",
            confidence="official",
            source_url="https://page.example/",
            seen="2026-06-01",
        ),
    )
    record = merge([ours, theirs], "aid", TODAY).record
    assert (record.status.value, record.date_cloture, record.promesse) == ("ended", "2026-01-31", "Nos mots")
