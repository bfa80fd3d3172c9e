"""Files read a piece at a time, in bounded memory: JSON records and tables."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import localcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import ijson

from knowledge.importing.fields import NotText, decode
from knowledge.importing.numbers import NO_TRAPS, DigitCutter, TooLarge, fault_of, plain

RECORD_MAX = 8_000_000  # bytes of one record: over 100 times the largest ever seen, and it fits in memory
PIECE = 65_536  # bytes read at once
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ";,\t"


class Unreadable(ValueError):
    """A file cannot be read to its end; the message says where and why, for operators."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name the file in what is `Unreadable` inside the block: two files are read in one import."""
    try:
        yield
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}") from error


def check_start(start: bytes) -> None:
    """Raise `Unreadable` where a file begins like UTF-16 or like a page, which sites answer when they fail."""
    if start.startswith(_UTF_16):
        raise Unreadable("the file is UTF-16; save it as UTF-8")
    if start.removeprefix(_BOM).lstrip().startswith(b"<"):
        raise Unreadable("the file is a web page or XML, no data: open it to see what the site answers")


class RecordTooLong(Unreadable):
    """One record, or one cell, is longer than anything that can be right."""


class Found(NamedTuple):
    """One record of a file, its number from 1, and what makes it unfit, if anything does; the rest of it is sound."""

    number: int
    value: Any
    fault: str | None = None


class Guard(io.RawIOBase):
    """A stream that refuses to deliver more than `RECORD_MAX` bytes without a call of `next_record`."""

    def __init__(self, stream: BinaryIO, limit: int = RECORD_MAX):
        self._stream, self._limit = stream, limit
        self._since, self._first, self._cutter = 0, True, DigitCutter()
        self.record = 0

    def next_record(self) -> None:
        """Say that a record was read to its end."""
        self.record += 1
        self._since = 0

    def readable(self) -> bool:
        """Return True: it is made to be read."""
        return True

    def readinto(self, buffer) -> int:
        """Fill `buffer`; raises `RecordTooLong` once a record is longer than the limit."""
        piece = b""
        while not piece and (raw := self._stream.read(len(buffer))):  # nothing left of a piece is no end
            self._count(len(raw))
            if self._first:
                raw = raw.removeprefix(_BOM)
                check_start(raw)
            piece, self._first = self._cutter.cut(raw), False
        buffer[: len(piece)] = piece
        return len(piece)

    def _count(self, size: int) -> None:
        self._since += size
        if self._since > self._limit + PIECE:
            raise RecordTooLong(f"record {self.record + 1} is longer than {self._limit:,} bytes")


def json_records(stream: BinaryIO, prefixes: Sequence[str], limit: int = RECORD_MAX) -> Iterator[Found]:
    """Yield the records of a JSON file; the file is never held whole.

    `prefixes` say where records may stand, as ijson writes it: `item` for a list, `service.item`, … The first
    one that the file has counts. A record with a number too large to be kept comes without it, and with a fault.
    Raises `Unreadable` where the file breaks off, is not JSON or holds none.
    """
    guard = Guard(stream, limit)
    events = _events(guard)
    try:
        for record, fault in _built(events, prefixes):
            guard.next_record()
            yield Found(guard.record, record, fault)
    except ijson.IncompleteJSONError as error:
        raise Unreadable(_json_reason(error, guard.record + 1)) from error
    except ijson.JSONError as error:
        raise Unreadable(f"record {guard.record + 1} is not JSON: {_first_line(error)}") from error


def _events(stream: io.RawIOBase) -> Iterator[tuple[str, str, Any]]:
    """Yield what the parser finds, up to the place of an error, which is then raised."""
    found, error, more = ijson.sendable_list(), None, True
    parser = ijson.parse_coro(found)
    while more and error is None:
        more = stream.read(PIECE)
        with localcontext(NO_TRAPS):
            try:
                parser.send(more) if more else parser.close()
            except ijson.JSONError as raised:
                error = raised
        yield from found
        found.clear()
    if error is not None:
        raise error


def _json_reason(error: Exception, record: int) -> str:
    text = _first_line(error)
    if "UTF" in text.upper():
        return f"record {record} is not UTF-8; save the file as UTF-8"
    if "incomplete" in text.lower() or "premature" in text.lower() or "unexpected end" in text.lower():
        return f"the file ends in the middle of record {record}"
    return f"record {record} is not JSON: {text}"


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "").rstrip(". ") or type(error).__name__


def _built(
    events: Iterator[tuple[str, str, Any]], prefixes: Sequence[str]
) -> Iterator[tuple[Any, str | None]]:
    prefix, lists = None, {name.rpartition(".item")[0] if "." in name else "" for name in prefixes}
    seen = False
    for where, event, value in events:
        seen = seen or (where in lists and event == "start_array")
        if where in prefixes and prefix in (None, where) and event in ("start_map", "start_array"):
            prefix = where
            yield _one(events, where, event)
        elif where in prefixes and event not in ("end_map", "end_array"):
            yield value, None
    if not seen:
        raise Unreadable(f"the file holds no list of records ({', '.join(prefixes)})")


def _one(events: Iterator[tuple[str, str, Any]], where: str, event: str) -> tuple[Any, str | None]:
    builder, fault = ijson.ObjectBuilder(), None
    builder.event(event, None)
    for place, event, value in events:
        if event == "number":
            try:
                value = plain(value)
            except TooLarge:
                value, fault = None, fault or fault_of(place.removeprefix(f"{where}."))
        builder.event(event, value)
        if place == where and event in ("end_map", "end_array"):
            break
    return builder.value, fault


def table_rows(
    stream: BinaryIO, delimiter: str | None = None, limit: int = RECORD_MAX
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table with headings, with their number, from 1; each line is decoded by itself.

    UTF-8 or windows-1252; without `delimiter`, the one most used in the headings. Raises `Unreadable`.
    """
    guard = Guard(stream, limit)
    lines = _lines(io.BufferedReader(guard, PIECE))
    heading = next(lines, "")
    if not heading.strip():
        raise Unreadable("the file is empty")
    delimiter = delimiter or max(_DELIMITERS, key=heading.count)
    names = [name.strip() for name in next(csv.reader([heading], delimiter=delimiter))]
    guard.next_record()
    guard.record = 0
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            guard.next_record()
            if any(cells):
                yield guard.record, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise Unreadable(f"record {guard.record + 1} is no row: {error}") from error


def _lines(reader: io.BufferedReader) -> Iterator[str]:
    for line in reader:
        try:
            yield decode(line)
        except NotText as error:
            raise Unreadable(str(error)) from error


def nested(value: Any) -> Any:
    """Return a value that may be JSON written inside a text; any other text comes back as it is."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
