"""aides-entreprises.fr: the two dumps, and what breaks in them."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codes import Confidence, SchemeStatus
from knowledge.importing.records import Imported, SetAside
from knowledge.importing.streams import Unreadable
from tests.knowledge.importing.aides_entreprises.conftest import AID, CSV_ROW, HERE, PAYER, table


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
