from datetime import date
from types import SimpleNamespace

import pytest

from knowledge.codes import Confidence
from knowledge.freshness.dates import months_later, whole_years
from knowledge.freshness.staleness import Reason, first, first_and_total, reasons_for, to_verify

TODAY = date(2026, 11, 26)
READ = {"confidence": "official", "source_url": "https://exemple.fr"}
CALLED = {**READ, "phone": "02 98 00 00 00"}


def until(day):
    return SimpleNamespace(until_date=day)


@pytest.fixture
def why(reader, limits):
    return lambda fact: [reason.value for reason in reasons_for(fact, limits, TODAY)]


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({**CALLED, "seen": "2026-11-26"}, []),
        ({**CALLED, "seen": "2024-11-26"}, []),  # 24 months to the day
        ({**CALLED, "seen": "2024-11-25"}, ["stale"]),
        ({**CALLED, "seen": "2024-11"}, []),  # it may have been the 30th
        ({**CALLED, "seen": "2024-10"}, ["stale"]),
        ({**CALLED, "seen": "2024"}, []),
        ({**CALLED, "seen": "2023"}, ["stale"]),
        ({**READ, "seen": "2023-11-26"}, []),  # no number to call: 36 months
        ({**READ, "seen": "2023-11-25"}, ["stale"]),
        (CALLED, ["undated"]),
        ({"confidence": "memory"}, ["memory"]),
        ({"confidence": "secondary", "seen": "2026"}, ["unverified"]),
        ({"confidence": "directory-2019", "seen": "2019-10"}, ["stale", "unverified"]),
        ({**CALLED, "seen": "2026", "editor_note": "Numéro à rappeler."}, ["note"]),
    ],
)
def test_a_body_is_verified_again_for_a_reason(reader, why, advisor, fields, reasons):
    assert why(reader.advisor(advisor("a", **fields))) == reasons


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"seen": "2025-11-26"}, []),  # 12 months to the day
        ({"seen": "2025-11-25"}, ["stale"]),
        ({"seen": "2020", "status_as_of": "2026-06"}, []),  # the later of both counts
        ({"seen": "2026", "status": "unknown"}, ["status_unknown"]),
        ({"seen": "2026", "date_cloture": "2026-11-25"}, ["closed"]),
        ({"seen": "2026", "date_cloture": "2026-11-26"}, ["ends_soon"]),
        ({"seen": "2026", "date_cloture": "2027-01-25"}, ["ends_soon"]),  # 60 days
        ({"seen": "2026", "date_cloture": "2027-01-26"}, []),
        ({"seen": "2026", "date_cloture": "2026-10", "status": "ended"}, []),
        ({"seen": "2015", "status": "ended"}, []),  # what has ended does not age
        ({"seen": "2015", "status": "ended", "confidence": "secondary"}, ["unverified"]),
        ({"seen": "2020", "date_cloture": "2021", "status": "unknown"}, ["closed"]),
    ],
)
def test_a_scheme_is_verified_again_for_a_reason(reader, why, scheme, fields, reasons):
    assert why(reader.scheme(scheme(**{**READ, **fields}))) == reasons


@pytest.mark.parametrize(
    ("section", "fields", "reasons"),
    [
        ("costs", {"seen": "2025-05-26"}, []),  # 18 months to the day
        ("costs", {"seen": "2025-05-25"}, ["stale"]),
        (
            "costs",
            {"seen": "2026-11", "price_date": "2025-01"},
            ["stale"],
        ),  # the price is older than its page
        ("costs", {"outdated": True}, ["stale"]),
        ("statistics", {"seen": "2026-11", "year": 2023}, ["stale"]),
        ("rules", {"seen": "2025-11-26"}, []),
        ("rules", {"seen": "2025-11-25"}, ["stale"]),
        ("rules", {"editor_note": "Seuil à relire."}, ["note"]),
        ("rules", {"status": "announced"}, ["status_unknown"]),
        ("rules", {"status": "repealed", "seen": "2015"}, []),
        ("rules", {"applies": [until("2026-11-25"), until("2026-01-01")]}, ["closed"]),
        ("rules", {"applies": [until("2026-11-25"), until(None)]}, []),
        ("rules", {"applies": [until("2026-12-31")]}, ["ends_soon"]),
        ("glossary", {"confidence": Confidence.MEMORY, "seen": None}, ["memory"]),
        ("a-new-section", {"seen": "2024-11-25"}, ["stale"]),
    ],
)
def test_guidance_ages_by_section(reader, why, guidance, section, fields, reasons):
    assert why(reader.guidance(section, guidance(**fields))) == reasons


def test_an_open_scheme_that_many_needs_use_comes_before_a_narrow_one(reader, limits, scheme):
    old = {"seen": "2020", "confidence": "secondary"}
    schemes = [
        scheme("narrow", **old, narrow=True),
        scheme("local", **old, eligibilite_geographique=["DEP-29"]),
        scheme("wide", **old, needs=["website", "online_store", "visibility"]),
        scheme("ended", **old, status="ended"),
        scheme("one-need", **old),
    ]

    found = first(to_verify(map(reader.scheme, schemes), limits, TODAY), limit=9)

    assert [item.fact.id for item in found] == ["wide", "one-need", "narrow", "local", "ended"]


def test_the_graver_reason_comes_first_among_equals(reader, limits, scheme):
    schemes = [
        scheme("noted", **READ, seen="2026", editor_note="À relire."),
        scheme("closed", **READ, seen="2026", date_cloture="2027-01-01"),
        scheme("undated", **READ),
    ]

    found, total = first_and_total(to_verify(map(reader.scheme, schemes), limits, TODAY), limit=2)

    assert [item.fact.id for item in found] == ["closed", "undated"]
    assert total == 3


def test_equals_are_ordered_by_age_then_id(reader, limits, advisor):
    bodies = [
        advisor("b", confidence="secondary", seen="2026-02"),
        advisor("a", confidence="secondary", seen="2026-02"),
        advisor("older", confidence="secondary", seen="2026-01"),
    ]

    found = first(to_verify(map(reader.advisor, bodies), limits, TODAY), limit=9)

    assert [item.fact.id for item in found] == ["older", "a", "b"]


def test_every_record_is_read_whatever_its_sort(reader, advisor, scheme, guidance):
    facts = list(reader.all([advisor("a")], [scheme("s")], {"costs": {"g": guidance(label="Un prix")}}))

    assert [(fact.record, fact.title) for fact in facts] == [
        ("advisor", "a"),
        ("scheme", "s"),
        ("costs", "Un prix"),
    ]
    assert list(reader.all([], [])) == []


def test_every_reason_and_state_has_a_weight(limits, content, reader):
    assert set(limits.weights) == set(Reason.values())
    assert all(fact.exposure > 0 for fact in reader.all(content.advisors.values(), content.schemes.values()))


def test_months_end_where_the_month_does():
    assert months_later(date(2024, 8, 31), 18) == date(2026, 2, 28)
    assert months_later(date(2024, 12, 15), 12) == date(2025, 12, 15)


@pytest.mark.parametrize(("seen", "years"), [("2025-11-26", 1), ("2025-11-27", 0), ("2030", 0), ("2019", 6)])
def test_ages_are_whole_years(seen, years):
    assert whole_years(seen, TODAY) == years
