from dataclasses import replace

from conversations import training_cache
from conversations.training_cache import read_kept
from conversations.training_lines import read_training
from tests.console.review.conftest import TRAINING


def folder_of(tmp_path):
    folder = tmp_path / "nlu"
    folder.mkdir()
    (folder / "website.yml").write_text(TRAINING, encoding="utf-8")
    return folder, tmp_path / "kept"


def test_the_same_content_is_read_once(tmp_path, monkeypatch):
    folder, kept = folder_of(tmp_path)
    first = read_kept(folder, kept)
    assert [replace(each, folded="") for each in first] == read_training(folder)
    assert first[0].folded == "je voudrais un site pour ma creperie"
    monkeypatch.setattr(training_cache, "read_training", None)  # nobody reads the files again
    again = read_kept(folder, kept)
    assert again == first
    assert [each.folded for each in again] == [each.folded for each in first]


def test_another_content_is_read_anew_and_takes_the_place_of_the_earlier_one(tmp_path):
    folder, kept = folder_of(tmp_path)
    read_kept(folder, kept)
    (folder / "website.yml").write_text(TRAINING.replace("grand merci", "mille mercis"), encoding="utf-8")
    assert read_kept(folder, kept)[-1].text == "mille mercis"
    assert len(list(kept.iterdir())) == 1


def test_what_is_spoilt_or_cannot_be_kept_costs_time_only(tmp_path):
    folder, kept = folder_of(tmp_path)
    lines = read_kept(folder, kept)
    (path,) = kept.iterdir()
    path.write_text("[[1]]", encoding="utf-8")
    assert read_kept(folder, kept) == lines
    nowhere = tmp_path / "file"
    nowhere.write_text("", encoding="utf-8")
    assert read_kept(folder, nowhere) == lines
