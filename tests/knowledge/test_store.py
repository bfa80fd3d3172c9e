import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.bootstrap import load_knowledge, open_knowledge, serve
from knowledge.errors import EmptyStore, InvalidContent
from knowledge.loader import read_content
from knowledge.migrating import ours
from knowledge.models import AdvisorPosting, AdvisorRow, Base, SchemePosting


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'var' / 'knowledge.db'}"


def test_what_is_served_comes_back_the_same(sample, territories, engine):
    content = read_content(sample, territories)
    serve(engine, content)

    assert store.read(engine) == content


def test_each_need_is_posted_in_each_zone(sample, territories, engine):
    serve(engine, read_content(sample, territories))

    with Session(engine, future=True) as session:
        bodies = session.execute(
            select(AdvisorPosting.need, AdvisorPosting.zone, AdvisorPosting.later).filter_by(id="cci-29")
        ).all()
        schemes = session.execute(select(SchemePosting.need, SchemePosting.zone)).all()
    expected = [("general", "DEP-29", 0), ("training", "DEP-29", 1), ("website", "DEP-29", 0)]
    assert sorted(map(tuple, bodies)) == expected
    assert {zone for _, zone in schemes} == {"REG-53"}


def test_a_record_that_changes_gets_a_new_key(served, advisor, engine):
    def key():
        with Session(engine, future=True) as session:
            return session.scalar(select(AdvisorRow.key))

    served([advisor("a")])
    first = key()
    served([advisor("a", phone="02 98 00 00 00")])

    assert key() > first


def test_what_is_removed_leaves_nothing_behind(served, advisor, scheme, engine):
    served([advisor("a"), advisor("b")], [scheme("s")])
    with Session(engine, future=True) as session, session.begin():
        store.remove(session, store.ADVISOR, ["a"])
        store.remove(session, store.SCHEME, ["s", "never-there"])

    with Session(engine, future=True) as session:
        assert session.scalars(select(AdvisorPosting.id)).all() == ["b"]
        assert session.scalar(select(func.count(SchemePosting.id))) == 0


def test_migrations_make_the_tables_that_the_code_declares(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "version_table": "knowledge_version"}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_store_of_the_first_form_is_made_anew(sample, url):
    with store.open_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE knowledge_advisor (id VARCHAR(80) PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE knowledge_document (name VARCHAR(40) PRIMARY KEY)"))

    assert load_knowledge(sample, url) is True


def test_sqlite_is_in_write_ahead_mode(url):
    with store.open_engine(url).connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_unchanged_content_is_not_loaded_again(sample, url):
    assert load_knowledge(sample, url) is True
    assert load_knowledge(sample, url) is False


def test_changed_content_replaces_the_old(sample, url):
    load_knowledge(sample, url)
    (sample / "advisors" / "france-num.yml").unlink()

    assert load_knowledge(sample, url) is True
    with Session(store.open_engine(url), future=True) as session:
        assert session.scalars(select(AdvisorRow.id)).all() == ["cci-29"]
    assert open_knowledge(url).contacts("website") == []


def test_broken_content_leaves_the_store_as_it_was(sample, url):
    record = sample / "advisors" / "france-num.yml"
    record.write_text(record.read_text("utf-8") + "url: https://www.example.org\n", "utf-8")
    load_knowledge(sample, url)
    record.write_text("id: france-num\n", "utf-8")

    with pytest.raises(InvalidContent):
        load_knowledge(sample, url)
    assert [contact.id for contact in open_knowledge(url).contacts("website")] == ["france-num"]


def test_an_empty_store_says_so(url):
    with pytest.raises(EmptyStore):
        open_knowledge(url)
