"""The national schema as a file: versions, delimiters, encodings, what breaks off, our own export read back."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codes import SchemeStatus
from knowledge.coverage import COUNTRY, UNION
from knowledge.exporting.national import conditions_of, write_national
from knowledge.importing.formats import national
from knowledge.importing.records import Imported, SetAside, Skipped
from knowledge.importing.streams import Unreadable
from tests.knowledge.importing.national.conftest import COLUMNS, PAYMENT, ROW, UUID, table

EXAMPLE = Path(__file__).parent / "official_example.csv"


KEPT = [name for name in COLUMNS if name not in ("id", "eligibilite", "date_ouverture")]


def test_the_official_example(read):
    record = read(EXAMPLE.read_bytes())[0].record

    assert [bearer.dict() for bearer in record.porteurs] == [
        {"nom": "BPIFRANCE (BPIFRANCE)", "siren": "320252489", "roles": ["financeur"]},
        {"nom": "ADEME", "siren": "385290309", "roles": ["instructeur"]},
    ]
    assert record.base_juridique[0].libelle == "Arrêté n° 123456"
    assert record.eligibilite_geographique_exclusions == ["REG-84", "DEP-01", "COM-83141"]
    assert (record.eligibilite_effectif_minimal, record.eligibilite_effectif_maximal) == (10, 249)
    assert record.types_aides == ["advisory", "grant"]
    assert len(record.eligibilite) == 7
    assert "DSP000123" in record.editor_note


def test_our_export_comes_back_the_same(read, content):
    file = io.StringIO()
    write_national(content.schemes.values(), file)
    items = read(file.getvalue().encode())

    assert len(items) == len(content.schemes)
    for scheme, item in zip(content.schemes.values(), items, strict=True):
        for name in KEPT:
            if name == "eligibilite_annees_existence_minimal" and getattr(scheme, name) == 0.5:
                continue  # said in words: the schema wants whole years
            assert getattr(item.record, name) == _written(getattr(scheme, name)), (scheme.id, name)
        day = item.record.date_ouverture  # a month or a year comes back as its first day
        assert (day or "")[: len(scheme.date_ouverture or "")] == (scheme.date_ouverture or "")
        assert _plain(item.record.eligibilite) == _plain(_without_status(scheme))
        assert item.record.status is scheme.status


def _written(value):
    """Return a value as the schema can hold it: it has no code for the Union, whose schemes are written as France's."""
    return [COUNTRY if each == UNION else each for each in value] if isinstance(value, list) else value


def _without_status(scheme):
    said = conditions_of(scheme)
    said = said if scheme.status is SchemeStatus.OPEN else said[1:]
    return [condition for condition in said if not condition.startswith("Conditions à vérifier")]


def _plain(conditions):
    return [" ".join(condition.split()).rstrip(" ;.") for condition in conditions]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_delimiters(read, delimiter):
    assert read(table([ROW], delimiter))[0].record.titre == "Chèque cyber"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(read, encoding):
    assert read(table([ROW], encoding=encoding))[0].record.titre == "Chèque cyber"


def test_version_0_1_has_fifteen_columns(read):
    record = read(table([ROW], columns=COLUMNS[:15]))[0].record

    assert record.ciblage_secteur_activite == []
    assert record.eligibilite_effectif_maximal is None


@pytest.mark.parametrize("shape", [lambda rows: rows, lambda rows: {"total": 1, "data": rows}])
def test_json_with_lists_and_objects(read, shape):
    row = {**ROW, "cibles": ["professionnels", "associations"], "porteurs": [{"nom": "État", "roles": ["financeur"]}],
           "eligibilite": ["Un", "Deux"], "eligibilite_effectif_maximal": 49, "promesse": None}  # fmt: skip
    record = read(json.dumps(shape([row])).encode())[0].record

    assert record.cibles == ["professionnels", "associations"]
    assert record.porteurs[0].nom == "État"
    assert record.eligibilite == ["Un", "Deux"]
    assert record.eligibilite_effectif_maximal == 49
    assert record.promesse == "La Région paie la moitié d'un diagnostic"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"eligibilite_geographique": "COM-99999"}, "no territory of today has the code `COM-99999`"),
        ({"eligibilite_geographique": "REG-53|CANTON-12"}, "`CANTON-12` is not a zone"),
        ({"eligibilite_geographique_exclusions": "DEP-99"}, "no territory of today has the code `DEP-99`"),
        ({"eligibilite_geographique": ""}, "`eligibilite_geographique` is empty"),
        ({"id": ""}, "`id` is empty"),
        ({"titre": " "}, "`titre` is empty"),
        ({"porteurs": "ADEME"}, "neither JSON nor JavaScript"),
        ({"porteurs": "[]"}, "`porteurs` names nobody who pays or decides"),
        ({"porteurs": "[" * 30_000}, "longer than 20000 characters"),
        ({"porteurs": "[" * 5_000}, "neither JSON nor JavaScript"),
        ({"date_mise_a_jour": "0000-00-00"}, "`date_mise_a_jour` is no date"),
        ({"ciblage_naf": "boulangerie"}, "`ciblage_naf.0` is wrong: `boulangerie` is not a NAF code"),
    ],
)
def test_what_cannot_be_taken_is_set_aside_with_its_reason(one, cells, reason):
    item = one(**cells)

    assert isinstance(item, SetAside)
    assert reason in item.reason
    assert item.place == "record 1"


def test_the_others_go_in(read):
    rows = [
        ROW,
        {**ROW, "id": "b", "eligibilite_geographique": "COM-99999"},
        {**ROW, "id": "c", "titre": "Autre"},
    ]
    kinds = [type(item) for item in read(table(rows))]

    assert kinds == [Imported, SetAside, Imported]


def test_a_scheme_for_others_is_only_counted(one):
    assert one(cibles="particuliers|associations") == Skipped("for particuliers, associations, not for firms")


def test_a_flood_in_one_cell_is_set_aside_and_the_next_row_goes_in(read):
    rows = [{**ROW, "description": "x\n" * 100_000}, {**ROW, "id": "b"}]
    items = read(table(rows))

    assert [type(item) for item in items] == [SetAside, Imported]
    assert "field larger than field limit" in items[0].reason


def test_a_row_that_breaks_off_is_set_aside(read):
    raw = table([ROW, {**ROW, "id": "b"}])
    items = read(raw[: raw.rindex(b"b,Ch") + 12])

    assert [type(item) for item in items] == [Imported, SetAside]
    assert items[1].reason == "2 cells instead of 26"


def test_json_that_breaks_off_is_said(read):
    with pytest.raises(Unreadable, match="middle of record 2"):
        read(json.dumps([ROW, ROW]).encode()[:-40])


def test_a_table_of_another_format_is_said(read):
    with pytest.raises(Unreadable, match="no column `id`, `titre`, `description`"):
        read(b"nom;adresse\nA;B\n")


def test_a_stream_need_not_go_back(context):
    class Pipe(io.RawIOBase):
        def __init__(self, raw):
            self._raw = io.BytesIO(raw)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self._raw.readinto(buffer)

    items = national.read(io.BufferedReader(Pipe(table([PAYMENT, ROW]))), context)

    assert [item.source_id for item in items] == [UUID, "pay"]


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nom", "roles", "lien", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(COLUMNS), value=JUNK)
def test_no_value_stops_the_import(read, name, value):
    items = read(json.dumps([{**ROW, name: value}, {**ROW, "id": "b"}]).encode())

    assert len(items) == 2
    assert isinstance(items[1], Imported)
