"""What is served of a change, beside what loads bring."""

import threading

import pytest

from knowledge.bootstrap import serve
from knowledge.editing.changes import Decided, Outdated, Overtaken, State
from knowledge.service import KnowledgeBase
from knowledge.store import served_version
from tests.knowledge.editing.conftest import ADMINISTRATOR, ADVISOR, ANOTHER, TODAY
from tests.knowledge.editing.making import BODY, PHONE, draft, served, values


def test_a_change_on_an_older_record_is_not_published(desk):
    first, second = draft(desk, ADVISOR, phone=PHONE), draft(desk, ADMINISTRATOR, hours="le matin")
    desk.send(ADMINISTRATOR, second.id)
    desk.publish(ADVISOR, first.id)
    with pytest.raises(Overtaken):
        desk.publish(ANOTHER, second.id)
    assert (served(desk).phone, served(desk).hours) == (PHONE, None)


def test_a_load_does_not_undo_what_was_published(desk, loaded, sample_content):
    change = draft(desk, ADVISOR, phone=None, hours="le matin")
    desk.publish(ADVISOR, change.id)
    moved = sample_content.advisors["cci-29"].copy(update={"audience": "artisans"})
    advisors = {**sample_content.advisors, "cci-29": moved}
    sample_content.advisors, sample_content.content_hash = advisors, "another"

    serve(loaded, sample_content, today=lambda: TODAY)

    assert (served(desk).phone, served(desk).hours) == (None, "le matin")


def test_a_record_of_the_content_that_was_read_later_takes_its_place(desk, loaded, sample_content):
    desk.publish(ADVISOR, draft(desk, ADVISOR, hours="le matin").id)
    later = sample_content.advisors["cci-29"].copy(update={"seen": "2026-11-01", "hours": "l'après-midi"})
    sample_content.advisors = {**sample_content.advisors, "cci-29": later}
    sample_content.content_hash = "another"

    serve(loaded, sample_content, today=lambda: TODAY)

    assert served(desk).hours == "l'après-midi"
    older = draft(desk, ADVISOR, hours="le soir", seen="2025-01-01")
    with pytest.raises(Outdated):
        desk.publish(ADVISOR, older.id)
    assert desk.change(ADVISOR, older.id).state is State.DRAFT


def test_running_processes_serve_it_at_once(desk, loaded, territories):
    base = KnowledgeBase(loaded, territories, today=lambda: TODAY)
    quimper = territories.get("commune", "29232")
    version = served_version(loaded)
    assert base.contacts("website", quimper)[0].phone == "02 98 98 29 29"

    desk.publish(ADVISOR, draft(desk, ADVISOR, phone=PHONE).id)

    assert base.contacts("website", quimper)[0].phone == PHONE
    assert served_version(loaded) != version


def test_two_who_publish_the_same_change_at_once_publish_it_once(desk, loaded):
    change = draft(desk, ADVISOR, needs=["website", "loans"], first_for=[])
    desk.send(ADVISOR, change.id)
    came = []

    def publish(editor):
        try:
            came.append(desk.publish(editor, change.id).state)
        except Decided:
            came.append("decided")

    if loaded.dialect.name == "sqlite":  # in memory there is one connection: one after the other
        publish(ADMINISTRATOR)
        publish(ANOTHER)
    else:
        threads = [threading.Thread(target=publish, args=(who,)) for who in (ADMINISTRATOR, ANOTHER)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(map(str, came)) == sorted(map(str, [State.PUBLISHED, "decided"]))


def test_nobody_writes_where_a_record_comes_from(desk):
    change = desk.draft(
        ADVISOR,
        BODY,
        "cci-29",
        values(desk, BODY, "cci-29", phone=PHONE, provenance={"source": "x", "source_id": "y"}),
    )
    assert change.record.get("provenance") is None


def test_the_version_that_copies_are_kept_for_follows(desk, loaded, territories):
    base = KnowledgeBase(loaded, territories, today=lambda: TODAY)
    before = base.version
    assert base.version == before
    desk.publish(ADVISOR, draft(desk, ADVISOR, phone=PHONE).id)
    assert base.version != before
