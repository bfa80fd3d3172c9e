import pytest

from knowledge.exporting.files import whole_file


def test_a_file_is_written_whole(tmp_path):
    with whole_file(tmp_path / "out.csv", "utf-8-sig") as file:
        file.write("é\r\n")

    assert (tmp_path / "out.csv").read_bytes() == "\ufeffé\r\n".encode()


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old", "utf-8")

    with pytest.raises(UnicodeEncodeError):
        _write_half(target)

    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_missing_is_said(tmp_path):
    with pytest.raises(OSError, match="No such file"), whole_file(tmp_path / "none" / "out.csv"):
        pass


def _write_half(target):
    with whole_file(target) as file:
        file.write("half")
        file.flush()
        file.write("\ud800")
