"""Records taken out and brought back: who proposes it, who decides, what is served meanwhile."""

import pytest

from knowledge.bootstrap import serve
from knowledge.editing.changes import Act, Editor, NeedsAnother, NotTheirs, Overtaken
from knowledge.editing.checking import Faulty
from knowledge.editing.files import edited
from knowledge.editing.withdrawing import StillNamed
from knowledge.service import KnowledgeBase
from knowledge.store import SCHEME, served_version
from tests.knowledge.editing.conftest import ADMINISTRATOR, ADVISOR, ANOTHER, TODAY
from tests.knowledge.editing.making import BODY, PHONE, draft, served, values

STRANGER = Editor("a2", "Alex", frozenset({"france-num"}))
WHY = "La chambre a fermé."


@pytest.fixture
def unnamed(desk):
    """No scheme names the body any more."""
    for slug in sorted(_naming(desk)):
        change = draft(desk, ADMINISTRATOR, slug, SCHEME, contacts=[])
        desk.send(ADMINISTRATOR, change.id)
        desk.publish(ANOTHER, change.id)


def _naming(desk):
    try:
        desk.drop(ADMINISTRATOR, desk.withdraw(ADMINISTRATOR, BODY, "cci-29", WHY).id)
    except StillNamed as error:
        return error.ids
    return []


def carried_out(desk, change, author=ADVISOR):
    desk.send(author, change.id)
    return desk.publish(ANOTHER, change.id)


def taken_out(desk):
    return carried_out(desk, desk.withdraw(ADVISOR, BODY, "cci-29", WHY))


def test_what_is_withdrawn_is_served_no_more_and_keeps_its_history(desk, unnamed, loaded, territories):
    base = KnowledgeBase(loaded, territories, today=lambda: TODAY)
    quimper = territories.get("commune", "29232")
    assert "cci-29" in [each.id for each in base.contacts("website", quimper)]
    change = desk.withdraw(ADVISOR, BODY, "cci-29", WHY)
    assert (change.act, change.note, change.name) == (Act.WITHDRAW, WHY, "CCI du Finistère")
    version = served_version(loaded)

    carried_out(desk, change)

    assert "cci-29" not in [each.id for each in base.contacts("website", quimper)]
    assert served_version(loaded) != version
    with pytest.raises(NotTheirs):
        served(desk)
    assert desk.withdrawn(ADVISOR, BODY, "cci-29").record.name == "CCI du Finistère"
    assert [each.act for each in desk.history(ADVISOR, BODY, "cci-29")] == [Act.WITHDRAW]
    assert [each.slug for each in desk.all_withdrawn(ADVISOR)] == ["cci-29"]


def test_a_body_does_not_take_itself_out(desk, unnamed):
    change = desk.withdraw(ADVISOR, BODY, "cci-29", WHY)
    with pytest.raises(NeedsAnother):
        desk.publish(ADVISOR, change.id)
    desk.send(ADVISOR, change.id)
    desk.refuse(ADMINISTRATOR, change.id, "Elle répond encore.")
    assert served(desk).id == "cci-29"


def test_whoever_keeps_all_does_not_decide_alone_either(desk, unnamed):
    change = desk.withdraw(ADMINISTRATOR, BODY, "cci-29", WHY)
    desk.send(ADMINISTRATOR, change.id)
    with pytest.raises(NeedsAnother):
        desk.publish(ADMINISTRATOR, change.id)


def test_neither_load_brings_it_back(desk, unnamed, loaded, sample_content):
    desk.publish(ADVISOR, draft(desk, ADVISOR, phone=PHONE).id)
    taken_out(desk)
    sample_content.content_hash = "another"
    moved = sample_content.advisors["cci-29"].copy(update={"seen": "2026-11-01"})
    sample_content.advisors = {**sample_content.advisors, "cci-29": moved}
    serve(loaded, sample_content, today=lambda: TODAY)
    with pytest.raises(NotTheirs):
        served(desk)
    assert [each.id for each in edited(loaded, ADVISOR)] == [], "nor do its files go home"


def test_it_is_brought_back_by_a_second_person_as_it_was(desk, unnamed):
    desk.publish(ADVISOR, draft(desk, ADVISOR, phone=PHONE).id)
    taken_out(desk)
    change = desk.restore(ADVISOR, BODY, "cci-29", "Elle a rouvert.")
    with pytest.raises(NeedsAnother):
        desk.publish(ADVISOR, change.id)
    carried_out(desk, change)
    assert served(desk).phone == PHONE
    assert desk.all_withdrawn(ADMINISTRATOR) == []
    acts = [each.act for each in desk.history(ADVISOR, BODY, "cci-29")]
    assert acts == [Act.RESTORE, Act.WITHDRAW, Act.EDIT]


def test_nobody_of_another_body_asks_for_either(desk, unnamed):
    with pytest.raises(NotTheirs):
        desk.withdraw(STRANGER, BODY, "cci-29", WHY)
    taken_out(desk)
    for ask in (
        lambda: desk.restore(STRANGER, BODY, "cci-29", WHY),
        lambda: desk.withdrawn(STRANGER, BODY, "cci-29"),
        lambda: desk.history(STRANGER, BODY, "cci-29"),
    ):
        with pytest.raises(NotTheirs):
            ask()
    assert desk.all_withdrawn(STRANGER) == []


def test_what_is_there_is_not_brought_back_and_what_is_out_is_not_changed(desk, unnamed):
    with pytest.raises(NotTheirs):
        desk.restore(ADMINISTRATOR, BODY, "cci-29", WHY)
    late = draft(desk, ANOTHER, hours="le matin")
    desk.send(ANOTHER, late.id)
    taken_out(desk)
    with pytest.raises(Overtaken):
        desk.publish(ADMINISTRATOR, late.id)
    with pytest.raises(NotTheirs):
        desk.withdraw(ADMINISTRATOR, BODY, "cci-29", WHY)


def test_its_id_is_not_given_again(desk, unnamed):
    new = values(desk, BODY, "cci-29")
    taken_out(desk)
    with pytest.raises(Faulty) as raised:
        desk.begin(ADMINISTRATOR, BODY, new)
    assert [fault.code for fault in raised.value.faults] == ["taken"]


def test_what_schemes_name_is_not_taken_out(desk, unnamed):
    change = desk.withdraw(ADVISOR, BODY, "cci-29", WHY)
    desk.send(ADVISOR, change.id)
    named = draft(desk, ADMINISTRATOR, "pass-29", SCHEME, contacts=["cci-29"])
    desk.send(ADMINISTRATOR, named.id)
    desk.publish(ANOTHER, named.id)
    for ask in (
        lambda: desk.publish(ANOTHER, change.id),
        lambda: desk.withdraw(ADMINISTRATOR, BODY, "cci-29", WHY),
    ):
        with pytest.raises(StillNamed) as raised:
            ask()
        assert raised.value.ids == ["pass-29"]
