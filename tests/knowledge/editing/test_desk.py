"""Who may change what, what is checked, and what is served of it."""

import pytest

from knowledge.editing.changes import (
    Decided,
    Editor,
    NeedsAnother,
    NothingChanged,
    NotTheirs,
    State,
)
from knowledge.editing.checking import Faulty
from knowledge.store import SCHEME
from tests.knowledge.editing.conftest import ADMINISTRATOR, ADVISOR, ANOTHER
from tests.knowledge.editing.making import BODY, PHONE, draft, served, values


def test_a_body_publishes_how_to_reach_it_by_itself(desk):
    change = draft(desk, ADVISOR, phone=PHONE, hours="du lundi au vendredi")
    assert change.fields == ("phone", "hours")
    assert served(desk).phone == "02 98 98 29 29"

    published = desk.publish(ADVISOR, change.id)

    assert (published.state, published.decided_by_id) == (State.PUBLISHED, ADVISOR.id)
    assert served(desk).phone == PHONE


@pytest.mark.parametrize(
    "changes",
    [
        {"needs": ["website", "training", "loans"]},
        {"services": "Conseille les commerces."},
        {"phone": PHONE, "general": False},
        {"name": "CCI de Quimper"},
    ],
)
def test_what_decides_its_place_waits_for_a_second_person(desk, changes):
    change = draft(desk, ADVISOR, **changes)
    with pytest.raises(NeedsAnother):
        desk.publish(ADVISOR, change.id)
    desk.send(ADVISOR, change.id)
    before = served(desk)
    assert desk.publish(ADMINISTRATOR, change.id).decided_by_name == ADMINISTRATOR.name
    assert served(desk) != before


def test_nobody_publishes_their_own_change_of_another_record(desk):
    change = draft(desk, ADMINISTRATOR, phone=PHONE)
    desk.send(ADMINISTRATOR, change.id)
    for forbidden in (desk.publish, lambda who, number: desk.refuse(who, number, "non")):
        with pytest.raises(NeedsAnother):
            forbidden(ADMINISTRATOR, change.id)
    assert desk.publish(ANOTHER, change.id).state is State.PUBLISHED


def test_an_advisor_decides_nothing_that_others_sent(desk):
    change = draft(desk, ADMINISTRATOR, phone=PHONE)
    desk.send(ADMINISTRATOR, change.id)
    assert desk.change(ADVISOR, change.id).fields == ("phone",)
    for forbidden in (desk.publish, desk.drop, lambda who, number: desk.refuse(who, number, "non")):
        with pytest.raises(NeedsAnother):
            forbidden(ADVISOR, change.id)


@pytest.mark.parametrize("kind", [BODY, SCHEME])
def test_the_record_of_another_body_is_not_there(desk, kind):
    stranger = Editor("a2", "Alex", frozenset({"france-num"}))
    slug = "cci-29" if kind == BODY else "pass-29"
    change = draft(desk, ADMINISTRATOR, slug, kind, confidence="memory", phone=None, editor_note="À revoir.")
    desk.send(ADMINISTRATOR, change.id)
    asked = [
        lambda: desk.record(stranger, kind, slug),
        lambda: desk.history(stranger, kind, slug),
        lambda: desk.draft(stranger, kind, slug, values(desk, kind, slug, editor_note="x")),
        lambda: desk.change(stranger, change.id),
        lambda: desk.send(stranger, change.id),
        lambda: desk.publish(stranger, change.id),
        lambda: desk.refuse(stranger, change.id, "non"),
        lambda: desk.drop(stranger, change.id),
    ]
    for ask in asked:
        with pytest.raises(NotTheirs):
            ask()
    assert desk.waiting(stranger) == []


def test_a_scheme_is_kept_by_the_body_that_pays_for_it(desk):
    with pytest.raises(NotTheirs):
        desk.record(ADVISOR, SCHEME, "pass-29")
    porteurs = [{"nom": "CCI Finistère", "roles": ["financeur"]}]
    change = draft(desk, ADMINISTRATOR, "pass-29", SCHEME, porteurs=porteurs)
    desk.send(ADMINISTRATOR, change.id)
    desk.publish(ANOTHER, change.id)

    assert desk.record(ADVISOR, SCHEME, "pass-29").porteurs[0].nom == "CCI Finistère"
    own = draft(desk, ADVISOR, "pass-29", SCHEME, promesse="Demandez un pass")
    with pytest.raises(NeedsAnother):
        desk.publish(ADVISOR, own.id)
    with pytest.raises(NotTheirs):
        draft(desk, ADVISOR, "pass-29", SCHEME, porteurs=[{"nom": "Région Bretagne", "roles": ["financeur"]}])


def test_a_body_that_only_handles_requests_does_not_keep_the_scheme(desk):
    porteurs = [
        {"nom": "Région Bretagne", "roles": ["financeur"]},
        {"nom": "CCI du Finistère", "roles": ["instructeur"]},
    ]
    change = draft(desk, ADMINISTRATOR, "pass-29", SCHEME, porteurs=porteurs)
    desk.send(ADMINISTRATOR, change.id)
    desk.publish(ANOTHER, change.id)
    with pytest.raises(NotTheirs):
        desk.record(ADVISOR, SCHEME, "pass-29")


def test_a_record_that_is_not_there_is_not_changed(desk):
    new = values(desk, BODY, "cci-29", name="CMA du Finistère")
    for editor in (ADMINISTRATOR, ADVISOR):
        with pytest.raises(NotTheirs):
            desk.draft(editor, BODY, "cma-29", new)


@pytest.mark.parametrize(
    ("changes", "location", "code"),
    [
        ({"name": None}, ("name",), "missing"),
        ({"services": "x" * 221}, ("services",), "max_length"),
        ({"phone": "12"}, ("phone",), "form"),
        ({"needs": []}, ("needs",), "min_items"),
        ({"needs": ["site"]}, ("needs", 0), "enum"),
        ({"territory": "999"}, ("territory",), "no_place"),
        ({"area": ["DEP-29", "DEP-999"]}, ("area", 1), "no_zone"),
        ({"source_url": None}, ("source_url",), "no_source"),
        ({"confidence": "memory"}, ("confidence",), "unread_number"),
        ({"first_for": ["loans"]}, ("first_for",), "first_for"),
        ({"headcount_min": "dix"}, ("headcount_min",), "integer"),
        ({"colour": "red"}, ("colour",), "extra"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(desk, changes, location, code):
    with pytest.raises(Faulty) as raised:
        draft(desk, ADVISOR, **changes)
    assert [(fault.location, fault.code) for fault in raised.value.faults] == [(location, code)]
    assert desk.waiting(ADVISOR) == []


def test_a_scheme_names_only_what_is_there(desk):
    with pytest.raises(Faulty) as raised:
        draft(
            desk,
            ADMINISTRATOR,
            "pass-29",
            SCHEME,
            contacts=["cci-29", "nobody"],
            replaced_by="nothing",
            sector_exclusions=["pêche à la ligne"],
        )
    assert {fault.code for fault in raised.value.faults} == {"no_body", "no_scheme", "no_label"}


def test_what_changes_nothing_is_no_change(desk):
    with pytest.raises(NothingChanged):
        draft(desk, ADVISOR)


def test_nobody_reads_a_draft_of_another(desk):
    change = draft(desk, ADVISOR, phone=PHONE)
    with pytest.raises(NotTheirs):
        desk.change(ADMINISTRATOR, change.id)
    assert desk.waiting(ADMINISTRATOR) == []
    assert desk.history(ADMINISTRATOR, BODY, "cci-29") == []


def test_one_draft_of_a_record_and_an_editor(desk):
    draft(desk, ADVISOR, phone=PHONE)
    last = draft(desk, ADVISOR, hours="le matin")
    assert [change.id for change in desk.waiting(ADVISOR)] == [last.id]


def test_a_change_is_decided_once(desk):
    change = draft(desk, ADVISOR, phone=PHONE)
    desk.publish(ADVISOR, change.id)
    for again in (desk.publish, desk.drop, desk.send):
        with pytest.raises(Decided):
            again(ADVISOR, change.id)


def test_what_is_refused_stays_in_the_history_and_is_not_served(desk):
    change = draft(desk, ADVISOR, general=False)
    desk.send(ADVISOR, change.id)
    desk.refuse(ADMINISTRATOR, change.id, "La chambre reçoit toutes les entreprises.")
    assert served(desk).general
    [told] = desk.history(ADVISOR, BODY, "cci-29")
    assert (told.state, told.reason) == (State.REFUSED, "La chambre reçoit toutes les entreprises.")
    assert [(each.field, each.before, each.after) for each in told.differences()] == [("general", True, None)]
