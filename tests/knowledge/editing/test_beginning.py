"""New records: who proposes one, what stands against it, and that a second person publishes it."""

import pytest

from knowledge.editing.changes import Editor, NeedsAnother, NotTheirs, Overtaken
from knowledge.editing.checking import Faulty
from knowledge.store import SCHEME
from tests.knowledge.editing.conftest import ADMINISTRATOR, ADVISOR, ANOTHER
from tests.knowledge.editing.making import BODY, draft, served, values


def new(desk, **changes):
    return values(
        desk, BODY, "cci-29", **{"id": "cma-29", "name": "CMA du Finistère", "kind": "cma", **changes}
    )


@pytest.mark.parametrize("author", [ADMINISTRATOR, ADVISOR])
def test_whoever_proposes_a_new_record_does_not_publish_it(desk, author):
    change = desk.begin(author, BODY, new(desk), "Elle manque.")
    assert change.before is None
    with pytest.raises(NotTheirs):
        served(desk, "cma-29")
    with pytest.raises(NeedsAnother):
        desk.publish(author, change.id)
    desk.send(author, change.id)
    desk.publish(ANOTHER, change.id)
    assert served(desk, "cma-29").name == "CMA du Finistère"


def test_a_body_does_not_publish_the_first_record_of_itself(desk):
    itself = Editor("a3", "Alex", frozenset({"cma-29"}))
    change = desk.begin(itself, BODY, new(desk))
    with pytest.raises(NeedsAnother):
        desk.publish(itself, change.id)


def test_nobody_else_sees_a_new_record_before_it_is_sent(desk):
    change = desk.begin(ADVISOR, BODY, new(desk))
    for editor in (ADMINISTRATOR, Editor("a2", "Alex", frozenset({"france-num"}))):
        with pytest.raises(NotTheirs):
            desk.change(editor, change.id)


@pytest.mark.parametrize(
    ("changes", "location", "code"),
    [
        ({"id": "cci-29"}, ("id",), "taken"),
        ({"id": "CMA 29"}, ("id",), "form"),
        ({"id": None}, ("id",), "missing"),
        ({"needs": []}, ("needs",), "min_items"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(desk, changes, location, code):
    with pytest.raises(Faulty) as raised:
        desk.begin(
            ADVISOR, BODY, {name: value for name, value in new(desk, **changes).items() if value is not None}
        )
    assert [(fault.location, fault.code) for fault in raised.value.faults] == [(location, code)]


def test_an_advisor_proposes_a_scheme_that_their_body_pays_for_and_no_other(desk):
    others = values(desk, SCHEME, "pass-29", id="pass-30")
    with pytest.raises(Faulty) as raised:
        desk.begin(ADVISOR, SCHEME, others)
    assert [fault.code for fault in raised.value.faults] == ["not_paid_by_you"]
    mine = others | {"porteurs": [{"nom": "CCI du Finistère", "roles": ["financeur"]}]}
    assert desk.begin(ADVISOR, SCHEME, mine).slug == "pass-30"


def test_of_two_new_records_of_one_id_the_first_is_published(desk):
    first = desk.begin(ADVISOR, BODY, new(desk))
    second = desk.begin(ADMINISTRATOR, BODY, new(desk, hours="le matin"))
    for author, change in ((ADVISOR, first), (ADMINISTRATOR, second)):
        desk.send(author, change.id)
    desk.publish(ANOTHER, first.id)
    with pytest.raises(Overtaken):
        desk.publish(ANOTHER, second.id)


def test_a_new_record_has_its_history(desk):
    change = desk.begin(ADVISOR, BODY, new(desk), "Elle manque.")
    desk.send(ADVISOR, change.id)
    desk.publish(ANOTHER, change.id)
    (told,) = desk.history(ADMINISTRATOR, BODY, "cma-29")
    assert (told.note, told.author_name) == ("Elle manque.", ADVISOR.name)
    assert draft(desk, ADMINISTRATOR, "cma-29", hours="le matin").before is not None
