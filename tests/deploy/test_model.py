import pytest

from deploy.model import content_hash


@pytest.fixture
def root(tmp_path):
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "greet.yml").write_text("bonjour")
    (tmp_path / "config.yml").write_text("pipeline: []")
    return tmp_path


def test_the_same_sources_have_the_same_hash(root):
    assert content_hash(root) == content_hash(root)


def test_a_changed_sentence_changes_the_hash(root):
    before = content_hash(root)
    (root / "data" / "nlu" / "greet.yml").write_text("bonsoir")
    assert content_hash(root) != before


def test_a_moved_sentence_changes_the_hash(root):
    before = content_hash(root)
    (root / "data" / "nlu" / "greet.yml").rename(root / "data" / "nlu" / "goodbye.yml")
    assert content_hash(root) != before


def test_what_the_model_is_not_made_from_does_not_count(root):
    before = content_hash(root)
    (root / "README.md").write_text("other")
    assert content_hash(root) == before
