import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.errors import EmptyStore, InvalidContent
from knowledge.loader import read_content
from knowledge.models import AdvisorNeedRow, SchemeZoneRow


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'var' / 'knowledge.db'}"


def test_what_is_saved_comes_back_the_same(sample, territories, url):
    content = read_content(sample, territories)
    engine = store.open_engine(url)

    store.save(engine, content)

    assert store.read(engine) == content


def test_needs_and_zones_can_be_looked_up(sample, territories, url):
    engine = store.open_engine(url)
    store.save(engine, read_content(sample, territories))

    with Session(engine, future=True) as session:
        needs = session.execute(
            select(AdvisorNeedRow.need, AdvisorNeedRow.first).filter_by(advisor_id="cci-29")
        ).all()
        zones = session.scalars(select(SchemeZoneRow.zone)).all()
    assert sorted(map(tuple, needs)) == [("training", False), ("website", True)]
    assert zones == ["REG-53"]


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
        assert session.scalar(select(func.count(AdvisorNeedRow.advisor_id))) == 2
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
