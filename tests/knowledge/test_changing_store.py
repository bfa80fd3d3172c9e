"""The store may change, or stop, while the knowledge base is open."""

import pytest
from sqlalchemy import text

from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.errors import StoreUnreachable
from knowledge.store import open_engine


def test_a_store_that_does_not_answer_is_said_in_our_words(tmp_path, sample, territories):
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    load_knowledge(sample, url)
    base = open_knowledge(url)
    with open_engine(url).begin() as connection:
        connection.execute(text("DROP TABLE knowledge_advisor_posting"))

    with pytest.raises(StoreUnreachable):
        base.contacts("website", territories.get("commune", "29232"))


def test_what_is_loaded_meanwhile_is_answered_at_once(tmp_path, sample):
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    load_knowledge(sample, url)
    base = open_knowledge(url)
    record = sample / "advisors" / "france-num.yml"
    record.write_text(record.read_text("utf-8") + "url: https://www.example.org\n", "utf-8")
    assert [contact.url for contact in base.contacts("website")] == []

    load_knowledge(sample, url)

    assert [contact.url for contact in base.contacts("website")] == ["https://www.example.org"]


def test_a_record_replaced_between_finding_and_reading_is_found_again(tmp_path, sample):
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    record = sample / "advisors" / "france-num.yml"
    before = record.read_text("utf-8")
    record.write_text(before + "url: https://www.example.com\n", "utf-8")
    load_knowledge(sample, url)
    found = open_knowledge(url).contacts("website")
    record.write_text(before + "url: https://www.example.org\n", "utf-8")
    load_knowledge(sample, url)

    assert found[0].url == "https://www.example.org"


def test_a_file_that_is_no_store_is_said_in_our_words(tmp_path):
    broken = tmp_path / "knowledge.db"
    broken.write_bytes(b"no store at all, but long enough to be read as one" * 100)

    with pytest.raises(StoreUnreachable):
        open_knowledge(f"sqlite:///{broken}")
