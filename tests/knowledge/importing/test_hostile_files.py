"""What every format must bear in its files: cut off, badly encoded, floods, zeros for dates, ids twice, old codes."""

import io
import itertools
import json
import tracemalloc

import pytest

from knowledge.importing import pipeline
from knowledge.importing.records import Imported, SetAside
from knowledge.importing.sources import reader_of, source_of
from knowledge.importing.streams import Unreadable
from knowledge.schema import Advisor
from tests.knowledge.importing.dumps import Made
from tests.knowledge.importing.samples import SAMPLES

FLOOD = 300_000_000  # bytes of one record
PIECE = b"x" * 65_536
HELD = 50_000_000  # bytes that may be held while a flood is refused


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.code)
def sample(request):
    return request.param


def test_a_file_that_is_cut_off_is_refused_and_says_so(sample, context):
    raw = sample.file({}, {})
    place = "not JSON" if sample.code == "les-aides" else "ends in the middle of record 2"

    with pytest.raises(Unreadable, match=place):
        sample.items(raw[: len(raw) * 3 // 4], context)


@pytest.mark.parametrize("raw", [b"<html><body>Erreur 503</body></html>", b"\xef\xbb\xbf\n<!DOCTYPE html>"])
def test_a_web_page_is_no_data(sample, context, raw):
    with pytest.raises(Unreadable, match="the file is a web page or XML"):
        sample.items(raw, context)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_an_encoding_that_json_does_not_allow_is_said_or_read(sample, context, encoding):
    raw = sample.file({sample.name: "Été"}).decode().encode(encoding)
    if sample.code == "les-aides" and encoding == "cp1252":  # a short answer, decoded whole
        assert sample.items(raw, context)[0].record.titre == "Été"
        return
    with pytest.raises(Unreadable, match="UTF-8|UTF-16|not text"):
        sample.items(raw, context)


class Flood:
    """A file with one record of 300 MB, made while it is read; counts what was asked of it."""

    def __init__(self, start: bytes):
        self.read = 0
        self.file = io.BufferedReader(Made(self._pieces(start)))

    def _pieces(self, start):
        yield start
        for _ in range(FLOOD // len(PIECE)):
            self.read += len(PIECE)
            yield PIECE


def refusal(sample, flood, context):
    """Return what an import says of a flood, and the bytes held at most."""
    given = context(sample.code)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refused:
            list(reader_of(source_of(sample.code))(flood.file, given))
        return str(refused.value), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_one_record_of_300_megabytes_is_refused_in_bounded_memory(sample, context):
    before, _ = sample.around
    flood = Flood(f'{before}{{"{sample.text}": "'.encode())
    said, held = refusal(sample, flood, context)

    assert "longer than 8,000,000 bytes" in said
    assert held < HELD
    assert flood.read < FLOOD / 10  # it is not read to its end


@pytest.mark.parametrize(
    ("code", "heading", "begun"),
    [
        ("national", "id,titre,description", '1,x,"'),
        ("aides-entreprises", "id_aid;aid_nom;aid_objet", '1;x;"'),
    ],
)
def test_one_cell_of_300_megabytes_is_set_aside_in_bounded_memory(context, code, heading, begun):
    flood = Flood(f"{heading}\n{begun}".encode())
    tracemalloc.start()
    (item,) = reader_of(source_of(code))(flood.file, context(code))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert flood.read > 0.99 * FLOOD  # rows may follow
    assert item.reason == "field larger than field limit (131072); left out up to the next whole row"
    assert held < HELD


def test_a_date_of_zeros_is_no_date(sample, context):
    dates = ("date_modification", "date_cloture", "date_fin", "date_mise_a_jour", "validation", "horodatage")
    given = [name for name in dates if name in sample.record] + ["date_cloture", "date_fin"]
    for name in given:
        (item,) = sample.items(sample.file({name: "0000-00-00"}), context)
        if isinstance(item, SetAside):
            assert item.reason == f"`{name}` is no date: `0000-00-00`"
        else:
            assert "0000" not in item.record.json(exclude={"provenance", "id", "directory_id", "editor_note"})


def test_an_id_given_twice_is_set_aside(sample, context, engine, served):
    raw = sample.file({}, {sample.key: "1", sample.name: "Un autre nom"})
    report = pipeline.run(
        engine, sample.items(raw, context), context(sample.code), file_name="f", target=served
    )

    assert (report.added, report.refused) == (1, 1)
    assert report.refusals == [
        "record 2 (1): the file already gave a record of this id; the first one is kept"
    ]


PLACES = {
    "dila": lambda code: {"code_insee_commune": code, "pivot": [{"type_service_local": "cci"}]},
    "national": lambda code: {"eligibilite_geographique": f"COM-{code}"},
    "aides-entreprises": lambda code: {
        "cache_indexation": {
            "territoires": [{"ter_libelle": "X", "insee": code}],
            "financeurs": [{"org_nom": "Région"}],
        }
    },
}


@pytest.fixture(params=PLACES)
def placed(request, context):
    """Return what becomes of a record that stands in the commune of an INSEE code."""
    sample = next(sample for sample in SAMPLES if sample.code == request.param)

    def make(code):
        (item,) = sample.items(sample.file(PLACES[sample.code](code)), context)
        return item

    return make


def test_an_insee_code_that_never_was_is_refused_with_the_code(placed):
    item = placed("99999")

    assert isinstance(item, SetAside)
    assert "99999" in item.reason


@pytest.mark.parametrize(
    ("old", "today"),
    [("01059", "01453"), ("75111", "75056"), ("69383", "69123"), ("13201", "13055"), ("29232", "29232")],
)
def test_a_merged_commune_and_an_arrondissement_are_the_commune_of_today(placed, old, today):
    item = placed(old)

    assert isinstance(item, Imported), item
    record = item.record
    assert (
        record.seat if isinstance(record, Advisor) else record.eligibilite_geographique[0]
    ) == f"COM-{today}"


def test_the_companion_of_the_directory_may_name_merged_communes(context, tmp_path, stream):
    sample = SAMPLES[0]
    path = tmp_path / "competences.csv"
    path.write_text(
        "code_insee_commune,nom_commune,id_service_local,code_type_service_local\n01059,x,1,cci\n01053,x,1,cci\n"
    )
    given = context("dila", companion=path)
    (item,) = reader_of(source_of("dila"))(io.BytesIO(sample.file({})), given)

    assert item.record.area == ["COM-01053", "COM-01453"]


def test_les_aides_refuses_a_question_about_no_territory(context):
    sample = SAMPLES[-1]
    raw = json.loads(sample.file({"implantation": "T"})) | {"commune": "99999"}
    (item,) = sample.items(json.dumps(raw).encode(), context)

    assert item.reason == "no territory of today has the code `COM-99999`"


def test_a_flood_of_records_keeps_nothing(context):
    sample = SAMPLES[1]
    record = sample.file({})[1:-1]
    pieces = itertools.chain([b"[" + record], itertools.repeat(b"," + record, 5_000), [b"]"])
    given = context("france-num")
    tracemalloc.start()
    count = sum(1 for _ in reader_of(source_of("france-num"))(io.BufferedReader(Made(pieces)), given))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 5_001
    assert held < 10_000_000
