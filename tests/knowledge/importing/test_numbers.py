"""Numbers that are too large: the record is set aside with its reason, the file goes on."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing.numbers import DIGITS, DigitCutter
from knowledge.importing.records import Imported, SetAside
from knowledge.importing.streams import Found, RecordTooLong, json_records
from tests.knowledge.importing.dumps import Made
from tests.knowledge.importing.samples import HOLE, SAMPLES

TOO_LARGE = [
    str(2**63),
    str(-(2**63) - 1),
    "1e400",
    "-1e400",
    "9" * 5_000,
    "1e" + "9" * 5_000,
    "0.5e9999999999999999999",
]
LARGE = [str(2**63 - 1), str(-(2**63) + 1), "1.7e308", "0." + "3" * 5_000]


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.code)
def sample(request):
    return request.param


def spoiled(sample, number, change):
    return sample.file({}, change, {}).replace(f'"{HOLE}"'.encode(), number.encode())


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:20])
def test_a_number_too_large_sets_its_record_aside(sample, context, number):
    items = sample.items(spoiled(sample, number, {"budget": {"parts": [1, HOLE]}}), context)

    assert [type(item) for item in items] == [Imported, SetAside, Imported]
    assert items[1].reason == "`budget.parts.item` is a number too large to be kept"
    assert (items[1].source_id, items[1].place) == ("2", "record 2")


@pytest.mark.parametrize("number", LARGE, ids=lambda number: number[:20])
def test_a_number_that_can_be_kept_is_no_fault(sample, context, number):
    items = sample.items(spoiled(sample, number, {"budget": HOLE}), context)

    assert [type(item) for item in items] == [Imported] * 3


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:20])
def test_an_identifier_too_large_is_none(sample, context, number):
    items = sample.items(spoiled(sample, number, {sample.key: HOLE}), context)

    assert [type(item) for item in items] == [Imported, SetAside, Imported]
    assert items[1].reason == f"`{sample.key}` is a number too large to be kept"


def test_numbers_outside_the_records_stop_nothing():
    raw = b'{"total": 1e400, "ids": [' + b"9" * 5_000 + b'], "service": [{"a": 1.5, "b": [2]}, 1e400]}'

    found = list(json_records(io.BytesIO(raw), ["service.item"]))

    assert found[0] == Found(1, {"a": 1.5, "b": [2]}, None)
    assert type(found[0].value["a"]) is float


def test_digits_without_end_are_refused():
    def flood():
        yield b'[{"a":'
        while True:
            yield b"9" * 60_000

    with pytest.raises(RecordTooLong, match="record 1"):
        list(json_records(Made(flood()), ["item"], 1_000_000))


@given(st.lists(st.sampled_from([b"7" * 599, b"7" * 600, b"7" * 601, b"7" * 5_000, b"7", b"x", b"", b"yz"])))
def test_long_runs_are_cut_wherever_the_pieces_are(pieces):
    cutter, runs = DigitCutter(), b"".join(pieces).replace(b"x", b" x ").replace(b"yz", b" yz ").split(b" ")

    cut = b"".join(map(cutter.cut, pieces))

    assert cut == b"".join(run[:DIGITS] if run.isdigit() else run for run in runs)
