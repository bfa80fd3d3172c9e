"""aides-entreprises.fr: the traps of each field."""

import pytest

from knowledge.codes import SchemeStatus


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
        ([{"id_ter": "12345"}], "no territories file (`--companion`) says what number `12345` is"),
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
