"""les-aides.fr: codes, the credit, and a list that is empty because there was too much."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codes import Confidence, SchemeStatus
from knowledge.importing.formats import les_aides
from knowledge.importing.formats.aid_words import mapping
from knowledge.importing.formats.les_aides import TooManyResults, asked_zone
from knowledge.importing.records import Context, Imported, SetAside
from knowledge.importing.sources import source_of
from knowledge.importing.streams import Unreadable

AID = {
    "numero": 4242,
    "nom": "Prêt &laquo;&nbsp;Brexit&nbsp;&raquo;",
    "sigle": "Région Normandie",
    "resume": "<p>Un prêt pour exporter. Sans garantie.</p>",
    "uri": "/aide/ABC/DEF/pret.html",
    "implantation": "N",
    "moyens": [827],
    "domaines": [790, 802],
    "validation": "2026-09-15",
}


@pytest.fixture
def context(territories):
    return Context(source_of("les-aides"), territories, date(2026, 11, 26), date(2026, 11, 20))


@pytest.fixture
def read(context):
    return lambda answer: list(les_aides.read(io.BytesIO(json.dumps(answer).encode()), context))


@pytest.fixture
def one(read):
    return lambda beside=(), **fields: read({"dispositifs": [{**AID, **fields}], **dict(beside)})[0]


@pytest.fixture
def scheme_of(one):
    def make(**fields):
        item = one(**fields)
        assert isinstance(item, Imported), item
        return item.record

    return make


def test_a_record(scheme_of):
    record = scheme_of()

    assert record.titre == "Prêt « Brexit »"
    assert record.promesse == "Un prêt pour exporter"
    assert record.url_source == "https://les-aides.fr/aide/ABC/DEF/pret.html"
    assert (record.level, record.eligibilite_geographique) == ("national", ["PAYS-99100"])
    assert record.needs == ["export_prospecting"]
    assert (record.status, record.seen) == (SchemeStatus.OPEN, "2026-09-15")
    assert record.confidence is Confidence.SECONDARY
    assert record.provenance.source_id == "4242"


def test_the_credit_is_shown(scheme_of):
    assert scheme_of().provenance.credit == "Contenu produit par Les-aides.fr"


@pytest.mark.parametrize("flag", [True, "true", 1])
def test_too_many_is_refused_and_not_taken_for_none(read, flag):
    with pytest.raises(TooManyResults, match="too many schemes and gave none.*one département"):
        read({"idr": 1, "depassement": flag, "nb_dispositifs": 250, "dispositifs": []})


def test_none_found_is_none(read):
    assert read({"depassement": False, "dispositifs": []}) == []


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        (822, ["equity"]),
        (827, ["loan", "guarantee"]),
        (833, ["grant"]),
        (837, ["grant"]),
        (840, ["tax_credit"]),
        ("845", ["tax_credit"]),
    ],
)
def test_means_by_code(scheme_of, code, kinds):
    assert scheme_of(moyens=[code]).types_aides == kinds
    assert scheme_of(moyens=[code]).editor_note is None


def test_every_code_of_means_is_mapped():
    assert set(mapping("les_aides")["means"]) == {"822", "827", "833", "837", "840", "845"}


def test_an_unknown_code_is_noted(scheme_of):
    record = scheme_of(moyens=[999, 833])

    assert record.types_aides == ["grant"]
    assert "999" in record.editor_note


def test_means_may_be_objects(scheme_of):
    assert scheme_of(moyens=[{"numero": 833, "libelle": "Subvention"}]).types_aides == ["grant"]


def test_european(scheme_of):
    record = scheme_of(implantation="E")

    assert (record.level, record.eligibilite_geographique) == ("eu", ["UE"])


def test_a_territorial_scheme_holds_where_the_question_said(one):
    record = one(beside={"departement": "14"}, implantation="T").record

    assert (record.level, record.eligibilite_geographique) == ("region", ["DEP-14"])


def test_the_question_may_stand_in_the_address(context):
    asked = replace(context, address="https://example.fr/aides/?ape=A&departement=2A")
    raw = json.dumps({"dispositifs": [{**AID, "implantation": "T"}]}).encode()

    assert next(les_aides.read(io.BytesIO(raw), asked)).record.eligibilite_geographique == ["DEP-2A"]


def test_a_territorial_scheme_without_a_question_is_set_aside(one):
    item = one(implantation="T")

    assert isinstance(item, SetAside)
    assert item.reason == "territorial, but the question named no territory: ask with `departement=`"


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("https://example.fr/aides/?ape=A&domaine=790&departement=80", "DEP-80"),
        ("https://example.fr/aides/?departement=2a", "DEP-2A"),
        ("https://example.fr/aides/?departement=1", "DEP-01"),
        ("https://example.fr/aides/?region=53", "REG-53"),
        ("https://example.fr/aides/?ape=A", None),
        ("", None),
    ],
)
def test_the_zone_asked_for_stands_in_the_address(address, zone):
    assert asked_zone(address, {}) == zone


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"nom": ""}, "`nom` is empty"),
        ({"sigle": None}, "`sigle` is empty"),
        ({"numero": None}, "`numero` is empty"),
        ({"implantation": "X"}, "`implantation` is `X`, neither E, N nor T"),
        ({"validation": "0000-00-00"}, "`validation` is no date: `0000-00-00`"),
    ],
)
def test_what_cannot_be_taken_is_set_aside_with_its_reason(one, fields, reason):
    assert one(**fields).reason == reason


def test_the_others_go_in(read):
    items = read({"dispositifs": ["text", {**AID, "nom": ""}, AID]})

    assert [type(item) for item in items] == [SetAside, SetAside, Imported]


@pytest.mark.parametrize(
    "raw", [b"", b"<html>", b'{"dispositifs": [', b"[]", b'{"dispositifs": 3}', b"\xff\xfe{}"]
)
def test_what_is_no_answer_is_said(context, raw):
    with pytest.raises(Unreadable):
        list(les_aides.read(io.BytesIO(raw), context))


def test_the_daily_limit_is_documented():
    assert mapping("les_aides")["requests_a_day"] == 720
    assert "720 requests a day" in les_aides.__doc__


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["numero", "id", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(list(AID)), value=JUNK)
def test_no_value_stops_the_import(read, name, value):
    items = read({"dispositifs": [{**AID, name: value}, AID]})

    assert len(items) == 2
    assert isinstance(items[1], Imported)
