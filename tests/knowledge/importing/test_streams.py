"""Files read piece by piece: what breaks off, what is no text, what never ends."""

import io
import itertools
import tracemalloc

import pytest

from knowledge.importing import pipeline
from knowledge.importing.formats import dila
from knowledge.importing.streams import RecordTooLong, Unreadable, json_records, nested, table_rows
from tests.knowledge.importing.dumps import Made, pieces

LISTS = ("service.item", "item")
LIMIT = 1_000_000


def records(raw):
    return [found.value for found in json_records(io.BytesIO(raw), LISTS)]


def test_lists_are_found_in_every_shape_and_the_mark_is_dropped():
    assert records(b'\xef\xbb\xbf{"a":[1],"service":[{"b":1.5},{"c":[{}]}]}') == [{"b": 1.5}, {"c": [{}]}]
    assert records(b'[{"b":null}, 3]') == [{"b": None}, 3]
    assert records(b"[]") == []


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"service":[{"a":1},{"b":', "the file ends in the middle of record 2"),
        (b'{"service":[{"a":"tex', "the file ends in the middle of record 1"),
        (b"", "the file ends in the middle of record 1"),
        (b'[{"a":"\xe9t\xe9"}]', "record 1 is not UTF-8"),
        (b"\xef\xbb\xbf \n<html>", "the file is a web page or XML"),
        (b'[{"a":1},{"a":2},{"a":x}]', "record 3 is not JSON"),
        (b'{"x":1}', "holds no list of records"),
    ],
)
def test_what_cannot_be_read_says_where(raw, reason):
    with pytest.raises(Unreadable, match=reason):
        records(raw)


@pytest.mark.parametrize("endless", [b'[{"a":"', b'[{"a":[1,', b"["])
def test_a_record_without_end_is_refused_in_bounded_memory(endless):
    filler = b"1," * 30_000 if endless.endswith((b",", b"[")) else b"x" * 60_000
    flood = Made(
        itertools.chain([endless + (b'{"b":[' if endless == b"[" else b"")], itertools.repeat(filler))
    )
    tracemalloc.start()
    with pytest.raises(RecordTooLong, match="record 1 is longer than 1,000,000 bytes"):
        list(json_records(flood, LISTS, LIMIT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * LIMIT


@pytest.mark.parametrize("filler", [b"x" * 60_000, b"x\n" * 30_000])
def test_a_cell_without_end_is_refused(filler):
    with pytest.raises(Unreadable, match="record 1"):
        list(table_rows(Made(itertools.chain([b'a;b\n"'], itertools.repeat(filler))), limit=LIMIT))


def test_tables_are_decoded_line_by_line():
    raw = 'nom;objet\n"x\ny";été\n'.encode("cp1252") + "é;z\n".encode()
    assert [row for _, row in table_rows(io.BytesIO(raw))] == [
        {"nom": "x\ny", "objet": "été"},
        {"nom": "é", "objet": "z"},
    ]


def test_a_table_that_is_no_text_is_refused():
    with pytest.raises(Unreadable, match="not text"):
        list(table_rows(io.BytesIO(b"PK\x03\x04\0\0")))


def test_json_inside_a_text_is_read():
    assert nested('[{"a": 1}]') == [{"a": 1}]
    assert nested("[texte") == "[texte"


# How it is read does not depend on the database, and it is the longest test of all.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_dump_of_60_megabytes_is_imported_in_bounded_memory(engine, context, territories):
    given = context("dila")
    communes = sorted(territories.communes)
    list(dila.read(Made(pieces(100_000, communes)), given))  # what is read once a process
    tracemalloc.start()
    items = dila.read(Made(pieces(60_000_000, communes)), given)
    report = pipeline.run(engine, items, given, file_name="dump.json", dry_run=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.added > 1000
    assert peak < 60_000_000
