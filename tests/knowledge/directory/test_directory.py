from datetime import date

import pytest
from sqlalchemy.orm import Session

from knowledge.codes import Need
from knowledge.service import KnowledgeBase
from knowledge.store import LOAD, set_document
from tests.knowledge.conftest import TODAY


@pytest.fixture
def directory(base):
    return base.directory


@pytest.fixture
def opened(served, territories):
    """Serve these records and return their directory."""

    def opened(advisors=(), schemes=(), today=lambda: TODAY):
        engine = served(advisors, schemes)
        with Session(engine, future=True) as session, session.begin():
            set_document(session, LOAD, {"content_hash": "essai"})
        return KnowledgeBase(engine, territories, today).directory

    return opened


@pytest.fixture
def place(territories):
    return lambda text: territories.search(text)[0]


def test_a_body_that_is_not_shown_is_not_there(directory):
    assert directory.body("hauts-de-france-numero-unique") is None
    assert directory.body("nobody") is None


def test_a_sheet_shows_what_the_assistant_shows(base, directory, place):
    shown = next(match for match in base.contacts("website", place("Quimper")) if match.id == "cci-29")
    sheet = directory.body("cci-29").contact
    for name in ("name", "phone", "email", "url", "status", "verified_on", "source_url"):
        assert getattr(sheet, name) == getattr(shown, name)


def test_a_scheme_of_a_region_is_not_doubted_for_its_place(directory):
    sheet = directory.scheme("idf-cheque-investissement-cyber")
    assert not any("votre commune est à préciser" in reason for reason in sheet.funding.reasons)
    assert sheet.conditions[0].startswith("Effectif demandé")
    assert "Siège ou établissement en Île-de-France" in sheet.conditions


def test_every_record_makes_its_sheet(directory):
    survey = directory.survey()
    assert all(directory.body(body) for body in survey.bodies)
    assert all(directory.scheme(scheme) for scheme in survey.schemes)


def test_what_has_ended_asks_for_nothing(directory):
    ended = [
        sheet
        for sheet in map(directory.scheme, directory.survey().schemes)
        if sheet.funding.status == "ended"
    ]
    assert len(ended) == 19
    assert all(not (sheet.conditions or sheet.steps or sheet.estimates) for sheet in ended)


def test_bodies_of_a_place_are_those_that_some_need_finds(base, directory, place):
    quimper = place("Quimper")
    listed = {match.id for match in directory.bodies(quimper)}
    found = {match.id for need in Need for match in base.contacts(need.value, quimper)}
    assert found <= listed
    assert len(directory.bodies(None)) == len(directory.survey().bodies)


def test_the_nearest_come_first(directory, place):
    levels = [match.level for match in directory.bodies(place("Quimper"))]
    order = ["commune", "epci", "departement", "region", "national"]
    assert levels == sorted(levels, key=order.index)


def test_schemes_that_have_ended_come_last_and_on_demand(directory, place):
    quimper = place("Quimper")
    without = [match.status for match in directory.schemes(quimper)]
    with_ended = [match.status for match in directory.schemes(quimper, ended=True)]
    assert "ended" not in without
    assert with_ended[: len(without)] == without
    assert set(with_ended[len(without) :]) == {"ended"}


def test_lists_are_the_same_on_every_database(opened, place, content):
    directory = opened(content.advisors.values(), content.schemes.values())
    assert directory.bodies(place("Quimper"))[0].id.endswith("-29")
    assert len(directory.bodies(None)) == len(directory.survey().bodies)
    assert len(directory.schemes(None, ended=True)) == len(content.schemes)
    assert [match.status for match in directory.schemes(place("974"), ended=True)][-1] == "ended"


def test_what_is_counted_is_counted_anew_after_a_change(opened, served, content):
    cci, cma = content.advisors["cci-29"], content.advisors["cma-29"]
    directory = opened([cci])
    assert directory.survey().near(Need.WEBSITE, "29") == 1
    served([cci, cma])
    assert directory.survey().near(Need.WEBSITE, "29") == 2
    assert directory.survey().near(None, "29") == 2


def test_what_is_counted_is_counted_anew_the_day_after(opened, content):
    days = [date(2026, 11, 23)]
    directory = opened([content.advisors["cci-29"]], today=lambda: days[0])
    first = directory.survey()
    assert directory.survey() is first
    days[0] = date(2026, 11, 24)
    assert directory.survey() is not first
