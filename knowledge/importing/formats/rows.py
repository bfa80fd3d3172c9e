"""Records of schemes, one at a time, from CSV or JSON; what is wrong with one does not keep the others out."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from knowledge.importing.fields import NotText, decode
from knowledge.importing.streams import Unreadable, check_start, json_records

LISTS = (
    "item",
    "data.item",
    "results.item",
    "records.item",
    "aides.item",
    "territoires.item",
)  # where JSON files keep records
_BOM = b"\xef\xbb\xbf"
_LINE = 1 << 20  # bytes of a line read at once: a line without end must not fill the memory
_DELIMITERS = ",;"


@dataclass(frozen=True)
class Row:
    """One record as it stands in the file: `cells` by column or key, or the `fault` that keeps it from being read.

    `place` says where: `record 12`, counted from 1.
    """

    place: str
    cells: Mapping[str, Any]
    fault: str | None = None


def rows_of(stream: BinaryIO, required: Sequence[str]) -> Iterator[Row]:
    """Yield the records of a file that is JSON or CSV, whichever it begins like.

    `required` are the columns without which a table is of another format. Raises `Unreadable` for such a table,
    for JSON that breaks off, and for what is no text.
    """
    reader = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
    try:
        check_start(reader.peek(len(_BOM) + 64))
        start = reader.peek(len(_BOM) + 64).removeprefix(_BOM).lstrip()
        yield from _json_rows(reader) if start[:1] in (b"[", b"{") else csv_rows(reader, required)
    finally:
        if reader is not stream:
            reader.detach()  # the caller's stream stays open


def _json_rows(stream: BinaryIO) -> Iterator[Row]:
    for number, record, fault in json_records(stream, LISTS):
        if isinstance(record, Mapping):
            yield Row(f"record {number}", record, fault)
        else:
            yield Row(f"record {number}", {}, f"`{str(record)[:40]}` is no object")


def csv_rows(stream: BinaryIO, required: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file with `,` or `;`, UTF-8 or Windows-1252, each line decoded by itself.

    A cell of more than `csv.field_size_limit()` characters (131 072 unless changed) is a fault; the lines after
    it are left out until one has the right number of cells. Raises `Unreadable` for a table of another format.
    """
    lines = _lines(stream)
    heading = next(lines, "")
    delimiter = max(_DELIMITERS, key=heading.count)
    names = [name.strip().lower() for name in next(csv.reader([heading], delimiter=delimiter), [])]
    missing = [name for name in required if name not in names]
    if missing:
        raise Unreadable(f"the table has no column {', '.join(f'`{name}`' for name in missing)}")
    yield from _rows(csv.reader(lines, delimiter=delimiter), names)


def _lines(stream: BinaryIO) -> Iterator[str]:
    pieces = iter(lambda: stream.readline(_LINE), b"")
    try:
        yield decode(next(pieces, b""))
    except NotText as error:
        raise Unreadable(str(error)) from error
    for piece in pieces:
        yield decode(piece.replace(b"\0", b""))  # a stray zero byte is no reason to lose the row


def _rows(reader: Iterator[list[str]], names: list[str]) -> Iterator[Row]:
    number, lost = 1, False
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if not lost:  # what follows, up to the next whole row, is the rest of it
                yield Row(f"record {number}", {}, f"{error}; left out up to the next whole row")
                number, lost = number + 1, True
            continue
        if cells is None:
            return
        if len(cells) == len(names):
            lost = False
            yield Row(f"record {number}", dict(zip(names, cells, strict=True)))
        elif cells and not lost:
            fault = f"{len(cells)} cells instead of {len(names)}"
            yield Row(f"record {number}", dict(zip(names, cells, strict=False)), fault)
        number += not lost
