"""aides-entreprises.fr: the two dumps, their companion, and each of their traps."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codes import Confidence, SchemeStatus
from knowledge.importing.formats import aides_entreprises
from knowledge.importing.records import Context, Imported, SetAside
from knowledge.importing.sources import source_of
from knowledge.importing.streams import Unreadable

HERE = Path(__file__).parent / "aides_entreprises"
AID = {
    "id_aid": "1",
    "aid_nom": "Aide au site",
    "aid_objet": "Une aide pour un site internet.",
    "couverture_geo": "1",
    "horodatage": "2026-10-01 08:30:00",
    "status": "1",
}
PAYER = [{"org_nom": "Région Bretagne"}]
CSV_ROW = {
    **AID,
    "aid_nom": "Chèque numérique – œuvre d’artisan à 1 500 €",
    "effectif": "-10",
    "territoires": "Finistère|Côtes-d'Armor",
    "natures": "Subvention|Prêt",
    "financeurs": "Région Bretagne",
    "contacts": "Jeanne Exemple",
    "complements_sources": "Voir https://www.bretagne.bzh/aides/cheque et la suite",
    "complements_formulaires": "",
}


@pytest.fixture
def context(territories):
    return Context(
        source_of("aides-entreprises"),
        territories,
        date(2026, 11, 26),
        date(2026, 11, 20),
        companion=HERE / "territoires.json",
    )


@pytest.fixture
def read(context):
    return lambda raw: list(aides_entreprises.read(io.BytesIO(raw), context))


@pytest.fixture
def one(read):
    """Return what becomes of one record, given its territories and what differs from a plain one."""

    def make(territoires=({"ter_libelle": "BRETAGNE"},), **fields):
        indexed = {"territoires": list(territoires), "financeurs": PAYER, **fields.pop("indexed", {})}
        return read(json.dumps([{**AID, "cache_indexation": indexed, **fields}]).encode())[0]

    return make


@pytest.fixture
def scheme_of(one):
    def make(*places, **fields):
        item = one(*places, **fields)
        assert isinstance(item, Imported), item
        return item.record

    return make


def table(rows):
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("cp1252")


def test_a_record_of_the_json_dump(read):
    record = read((HERE / "aides.json").read_bytes())[0].record

    assert record.titre == "Chèque numérique & site internet"
    assert record.promesse == "La Région paie une partie d'un site internet"
    assert record.description.splitlines()[-1] == "Montant : 50 % des dépenses, 1 500 € au plus"
    assert record.eligibilite == [
        "Avoir moins de 50 salariés",
        "Être à jour de ses cotisations",
        "Bénéficiaires : Commerçants et artisans",
    ]
    assert record.eligibilite_geographique == ["REG-53"]
    assert (record.level, record.types_aides, record.status) == ("region", ["grant"], SchemeStatus.OPEN)
    assert record.needs[0] == "business_software" or "website" in record.needs
    assert (record.eligibilite_effectif_minimal, record.eligibilite_effectif_maximal) == (None, 49)
    assert (record.seen, record.date_cloture) == ("2026-10-01", None)
    assert record.url_source == "https://www.bretagne.bzh/aides/cheque"
    assert record.confidence is Confidence.SECONDARY
    assert record.provenance.source_id == "101"


def test_no_person_enters(read):
    items = read((HERE / "aides.json").read_bytes())
    everything = items[0].record.json(ensure_ascii=False)

    assert "eanne" not in everything
    assert "06 12" not in everything
    assert items[0].record.how_to_apply == [
        "Remplir le formulaire : https://www.bretagne.bzh/formulaire",
        "Contacter Région Bretagne : 02 98 00 00 00, contact@bretagne.bzh",
    ]


def test_no_person_stands_in_what_is_set_aside(one):
    item = one(
        horodatage="",
        indexed={"contacts": [{"cnt_nom": "Jeanne Exemple", "email": "jeanne.exemple@bretagne.bzh"}]},
    )

    assert isinstance(item, SetAside)
    assert "jeanne.exemple" not in item.excerpt


def test_what_is_wrong_with_one_keeps_no_other_out(read):
    items = read((HERE / "aides.json").read_bytes())

    assert [type(item) for item in items] == [Imported, Imported, SetAside]
    assert items[2].reason == "no payer is named"
    assert items[2].source_id == "103"


def test_the_csv_dump_is_windows_1252(read):
    record = read(table([CSV_ROW]))[0].record

    assert record.titre == "Chèque numérique – œuvre d’artisan à 1 500 €"
    assert record.eligibilite_geographique == ["DEP-29", "DEP-22"]
    assert record.types_aides == ["grant", "loan"]
    assert record.eligibilite_effectif_maximal == 9
    assert record.url_source == "https://www.bretagne.bzh/aides/cheque"
    assert "Jeanne" not in record.json()


def test_the_csv_dump_may_name_territories_by_number(read):
    record = read(table([{**CSV_ROW, "territoires": "901,902"}]))[0].record

    assert record.eligibilite_geographique == ["COM-29232", "COM-75056"]


def test_the_csv_dump_may_hold_json_cells(read):
    cells = {
        "cache_indexation": json.dumps({"territoires": [{"ter_libelle": "Bretagne"}], "financeurs": PAYER})
    }

    assert read(table([{**AID, **cells}]))[0].record.eligibilite_geographique == ["REG-53"]


@pytest.mark.parametrize("given", ["0000-00-00", "0000-00-00 00:00:00", "", None])
def test_no_date_is_written_with_zeros(scheme_of, given):
    assert scheme_of(date_fin=given).date_cloture is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "1"}, SchemeStatus.OPEN),
        ({"status": 1}, SchemeStatus.OPEN),
        ({"status": "0"}, SchemeStatus.UNKNOWN),
        ({"status": "2"}, SchemeStatus.UNKNOWN),
        ({"status": "1", "date_fin": "2026-11-25"}, SchemeStatus.ENDED),
        ({"status": "0", "date_fin": "2026-11-25 00:00:00"}, SchemeStatus.ENDED),
        ({"status": "1", "date_fin": "2026-11-26"}, SchemeStatus.OPEN),
        ({"status": "1", "horodatage": "2023-05-01 10:00:00"}, SchemeStatus.UNKNOWN),
    ],
)
def test_offline_is_unknown_and_past_its_end_is_ended(scheme_of, fields, status):
    record = scheme_of(**fields)

    assert record.status is status
    assert ("Hors ligne" in (record.editor_note or "")) == (str(fields["status"]) != "1")


@pytest.mark.parametrize(
    ("codes", "limits"),
    [
        ("", (None, None)),
        ("1", (None, 9)),
        ("1,2,3", (None, 49)),
        ("3", (10, 49)),
        ("3,4", (10, 249)),
        ("4,5", (50, None)),
        ("1,2,3,4,5,6", (None, None)),
        ("9", (None, None)),
        ("3,9", (None, None)),
    ],
)
def test_headcounts_by_code(scheme_of, codes, limits):
    record = scheme_of(effectif=codes)

    assert (record.eligibilite_effectif_minimal, record.eligibilite_effectif_maximal) == limits
    assert ("à vérifier" in (record.editor_note or "")) == ("9" in codes)


def test_headcounts_with_a_hole_are_noted(scheme_of):
    assert "2,4" in scheme_of(effectif="2,4").editor_note
    assert scheme_of(effectif="1,2,3").editor_note is None


@pytest.mark.parametrize(
    ("coverage", "zones", "level"),
    [("2", ["PAYS-99100"], "national"), (3, ["UE"], "eu"), (1, ["REG-53"], "region")],
)
def test_coverage(scheme_of, coverage, zones, level):
    record = scheme_of(couverture_geo=coverage, indexed={"financeurs": [{"org_nom": "ADEME"}]})

    assert record.eligibilite_geographique == zones
    assert record.level == level


@pytest.mark.parametrize(
    ("insee", "zone"),
    [("75101", "COM-75056"), ("75120", "COM-75056"), ("69383", "COM-69123"), ("13208", "COM-13055")],
)
def test_arrondissements_are_their_commune_and_it_is_said(scheme_of, insee, zone):
    record = scheme_of([{"ter_libelle": "ARRONDISSEMENT", "insee": insee}])

    assert record.eligibilite_geographique == [zone]
    assert "la commune entière est retenue" in record.editor_note


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ({"ter_libelle": "FRANCE"}, "PAYS-99100"),
        ({"ter_libelle": "Ille-et-Vilaine", "ter_code": "35"}, "DEP-35"),
        ({"ter_libelle": "LOIRE", "ter_code": "42"}, "DEP-42"),
        ({"ter_libelle": "PROVENCE-ALPES-COTE D'AZUR"}, "REG-93"),
        ({"ter_libelle": "La Réunion"}, "DEP-974"),
        ({"ter_libelle": "QUIMPER", "insee": "29232"}, "COM-29232"),
        ({"id_ter": "901"}, "COM-29232"),
    ],
)
def test_territories_by_number_code_or_name(scheme_of, place, zone):
    assert scheme_of([place]).eligibilite_geographique == [zone]


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ([{"ter_libelle": "ATLANTIDE"}], "no territory of today is called `ATLANTIDE`"),
        ([{"id_ter": "12345"}], "no territory of today is called `12345`"),
        ([{"ter_libelle": "X", "insee": "99999"}], "no territory of today has the code `COM-99999`"),
        ([], "territorial, but no territory is named"),
    ],
)
def test_an_unknown_territory_is_set_aside(one, places, reason):
    assert one(places).reason == reason


def test_a_flood_of_text_is_cut(scheme_of):
    record = scheme_of(aid_operations_el="<p>Une dépense aidée.</p>" * 2_000)

    assert len(record.description) <= 5_000
    assert "Texte coupé" in record.description


def test_a_link_that_could_run_is_left_out(scheme_of):
    complements = {"source": [{"lien": "javascript:alert(1)"}, {"lien": "https://example.fr/aide"}]}

    assert scheme_of(complements=complements).url_source == "https://example.fr/aide"


def test_a_dump_that_breaks_off_is_said(read):
    with pytest.raises(Unreadable, match="middle of record"):
        read((HERE / "aides.json").read_bytes()[:-300])


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["territoires", "financeurs", "org_nom", "insee", "source", "lien", "id_ter"]),
            inner,
        )
    ),
    max_leaves=8,
)
KEYS = ["aid_nom", "aid_conditions", "couverture_geo", "effectif", "status", "date_fin", "horodatage", "complements",
        "cache_indexation"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(KEYS), value=JUNK)
def test_no_value_stops_the_import(read, name, value):
    good = {**AID, "cache_indexation": {"territoires": [{"ter_libelle": "BRETAGNE"}], "financeurs": PAYER}}
    items = read(json.dumps([{**good, name: value}, good]).encode())

    assert len(items) == 2
    assert isinstance(items[1], Imported)
