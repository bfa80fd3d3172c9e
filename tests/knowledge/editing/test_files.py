"""Records as files: what is read back is the same, and the same is written."""

import io
import zipfile

import pytest

from knowledge.editing.changes import Editor
from knowledge.editing.files import archive, edited, file_of
from knowledge.loader import read_content
from tests.knowledge.editing.conftest import ADMINISTRATOR, ADVISOR
from tests.knowledge.editing.making import PHONE, draft


@pytest.fixture(scope="module")
def shipped(content):
    return [*content.advisors.values(), *content.schemes.values()]


def test_every_record_of_the_content_is_read_back_the_same(shipped, tmp_path_factory, territories, content):
    folder = tmp_path_factory.mktemp("content")
    with zipfile.ZipFile(io.BytesIO(archive(shipped))) as packed:
        packed.extractall(folder)
    (folder / "sectors.yml").write_bytes(_sectors())
    again = read_content(folder, territories)
    assert again.advisors == content.advisors
    assert again.schemes == content.schemes


def _sectors():
    from settings import Settings

    return (Settings().content / "sectors.yml").read_bytes()


def test_the_same_records_are_the_same_bytes(shipped):
    assert archive(shipped) == archive(shipped)


TEXTS = (
    """yes 012 2024-06 1e5 a:\u00a0b # -\u00a0a « * null ~ ' " {a} % @ [] ! & | > ? : 12:30 0x1 .5 x\ty é"""
)


@pytest.mark.parametrize(
    "text", [*TEXTS.split(" "), "a: b", "# a", "- a", "x" * 300, "a " * 90 + "\n\nb", " a", "a "]
)
def test_any_text_comes_back(advisor, tmp_path, territories, text, content):
    record = advisor("a", editor_note=text, audience=text[:160].strip() or "x")
    read = _read(file_of(record))
    assert read["editor_note"] == record.editor_note
    assert read["audience"] == record.audience


def _read(text):
    from knowledge import marks

    marked = marks.parse(text.encode())
    assert marked.errors == []
    return marked.value


def test_what_was_published_is_exported_to_those_who_keep_it(desk, loaded):
    assert list(edited(loaded, ADMINISTRATOR)) == []
    desk.publish(ADVISOR, draft(desk, ADVISOR, phone=PHONE).id)
    [record] = edited(loaded, ADMINISTRATOR)
    assert (record.id, record.phone) == ("cci-29", PHONE)
    assert list(edited(loaded, ADVISOR)) == [record]
    assert list(edited(loaded, Editor("x", "X", frozenset({"france-num"})))) == []
    assert f'phone: "{PHONE}"\n' in file_of(record)
