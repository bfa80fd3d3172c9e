"""The file of the national schema: each rule of the schema, on the whole shipped content and on hard cases."""

import csv
import io
import json
import re
from datetime import datetime
from uuid import UUID

import pytest

from knowledge.exporting.national import chained_uuids, conditions_of, row_of, write_national
from knowledge.exporting.table_schema import SCHEMA, national_schema

FIELDS = json.loads(SCHEMA.read_text("utf-8"))["fields"]
PROVENANCE = {"source": "national", "licence": "Licence Ouverte 2.0", "credit": "Source"}


def read_back(schemes):
    file = io.StringIO()
    written = write_national(schemes, file)
    return written, list(csv.DictReader(io.StringIO(file.getvalue())))


@pytest.fixture(scope="module")
def rows(content):
    written, rows = read_back(content.schemes.values())
    assert written.refused == []
    assert len(rows) == written.rows == len(content.schemes) > 100
    return rows


def test_columns_are_the_26_of_the_schema_in_its_order(rows):
    assert list(rows[0]) == [field["name"] for field in FIELDS]
    assert len(rows[0]) == 26


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field["name"])
def test_the_shipped_content_keeps_each_rule(rows, field):
    """Written apart from `table_schema.py`, so that the two check each other."""
    rules = field.get("constraints", {})
    values = [row[field["name"]] for row in rows]
    given = [value for value in values if value]
    if rules.get("required"):
        assert given == values
    if rules.get("unique"):
        assert len(set(values)) == len(values)
    assert all(len(value) <= rules.get("maxLength", 10**6) for value in given)
    pattern = rules.get("pattern", field.get("pattern", ""))
    if pattern and not field["name"].startswith("eligibilite_geographique"):
        assert [value for value in given if not re.fullmatch(pattern, value)] == []
    if field["type"] == "integer":
        assert all(value.isdigit() for value in given)
    if field["type"] == "datetime":
        assert all(datetime.fromisoformat(value.removesuffix("Z")) for value in given)
    if field.get("format") == "uuid":
        assert all(str(UUID(value)) == value for value in given)


def test_zones_are_those_of_the_schema_or_of_corsica(rows):
    zones = {zone for row in rows for zone in row["eligibilite_geographique"].split("|")}

    assert "UE" not in zones
    assert all(re.fullmatch(r"(PAYS|REG|DEP|EPCI|COM)-(\d+|2[AB]\d*)", zone) for zone in zones)


def test_corsica_is_written_though_the_schema_forgets_it(scheme):
    written, rows = read_back([scheme(eligibilite_geographique=["DEP-2A", "COM-2B033"])])

    assert written.refused == []
    assert rows[0]["eligibilite_geographique"] == "DEP-2A|COM-2B033"


def test_the_union_is_the_country_once(scheme):
    row = row_of(scheme(eligibilite_geographique=["UE", "PAYS-99100"]))

    assert row["eligibilite_geographique"] == "PAYS-99100"


def test_bearers_and_legal_texts_are_real_json(scheme):
    row = row_of(
        scheme(
            porteurs=[{"nom": "Région d'Île-de-France", "siren": "237500079", "roles": ["financeur"]}],
            base_juridique=[{"libelle": "Arrêté", "lien": "https://www.legifrance.gouv.fr/x"}],
        )
    )

    assert json.loads(row["porteurs"]) == [
        {"nom": "Région d'Île-de-France", "siren": "237500079", "roles": ["financeur"]}
    ]
    assert json.loads(row["base_juridique"])[0]["libelle"] == "Arrêté"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"date_ouverture": "2019-11"}, {"date_ouverture": "2019-11-01T00:00:00Z"}),
        ({"date_cloture": "2024-02"}, {"date_cloture": "2024-02-29T00:00:00Z"}),
        ({"date_cloture": "2026"}, {"date_cloture": "2026-12-31T00:00:00Z"}),
        ({"date_cloture": "2026-06-30"}, {"date_cloture": "2026-06-30T00:00:00Z"}),
        ({"ciblage_secteur_activite": []}, {"ciblage_secteur_activite": "tous secteurs d'activité"}),
        (
            {"ciblage_naf": ["47", "56.1"]},
            {"ciblage_secteur_activite": "activités des codes NAF indiqués", "ciblage_naf": "47|56.1"},
        ),
        ({"types_aides": ["grant", "loan"]}, {"types_aides": "financement|prêt"}),
        ({"types_aides": ["tax_credit"]}, {"types_aides": "avantage fiscal"}),
        ({"eligibilite_effectif_minimal": 0}, {"eligibilite_effectif_minimal": "0"}),
        ({"eligibilite_annees_existence_minimal": 2.0}, {"eligibilite_annees_existence_minimal": "2"}),
        ({"eligibilite_annees_existence_minimal": 0.5}, {"eligibilite_annees_existence_minimal": ""}),
        ({"eligibilite": ["Un", "Deux"]}, {"eligibilite": "• Un\n• Deux"}),
        ({"programmes_parents": ["A|B", "C"]}, {"programmes_parents": "A/B|C"}),
    ],
)
def test_a_field_is_written_as_the_schema_wants(scheme, given, written):
    row = row_of(scheme(**given))

    assert {name: row[name] for name in written} == written


def test_what_the_schema_has_no_field_for_is_said_in_words(scheme):
    made = scheme(
        status="unknown",
        eligibilite=["Projet numérique"],
        rural=True,
        eligibilite_annees_existence_minimal=0.5,
        age_max_years=3,
        turnover_max=50_000,
        sector_exclusions=["conseil", "formation"],
    )

    assert [" ".join(condition.split()) for condition in conditions_of(made)] == [
        "Ouverture à confirmer auprès du porteur",
        "Projet numérique",
        "Projet dans une commune rurale",
        "Entreprise créée depuis 6 mois au moins",
        "Entreprise créée depuis 3 ans au plus",
        "Chiffre d’affaires annuel de 50 000 € au plus",
        "Activités exclues : conseil, formation",
    ]


ATTACK = '=HYPERLINK("https://x.example";"Cliquez")'


def test_no_cell_is_run_by_a_spreadsheet(scheme):
    attacked = scheme(
        titre=ATTACK,
        promesse="+1",
        description="@SUM(1)",
        eligibilite=["-2+3"],
        programmes_parents=["\t=1", "b"],
        eligibilite_forme_juridique=["-SARL"],
        porteurs=[{"nom": ATTACK, "roles": ["financeur"]}],
    )
    row = read_back([attacked])[1][0]

    assert (row["titre"], row["promesse"], row["description"]) == (f"'{ATTACK}", "'+1", "'@SUM(1)")
    assert (row["programmes_parents"], row["eligibilite_forme_juridique"]) == ("'=1|b", "'-SARL")
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_scheme_that_has_ended_says_so(scheme):
    assert row_of(scheme(status="ended"))["eligibilite"] == "• Dispositif terminé"


def test_a_required_cell_is_never_empty(scheme):
    assert row_of(scheme())["eligibilite"] == "• Conditions à vérifier auprès du porteur"


def test_an_identifier_stays_the_same(scheme):
    first, second = row_of(scheme("pass-29"))["id"], row_of(scheme("pass-29", titre="Autre"))["id"]

    assert first == second == "2fb792b4-3391-5fb2-acc6-2412dc446bbb"


def test_an_imported_scheme_keeps_the_identifier_of_its_source(scheme):
    uuid = "65d5b6c7-102c-4440-ac3b-768f708edc0a"
    study = scheme("study", provenance={**PROVENANCE, "source_id": uuid})
    payment = scheme("payment", chainage_paiement="study")
    chained = chained_uuids(lambda: iter([payment, study]))

    assert row_of(study)["id"] == uuid
    assert row_of(payment, chained)["chainage_paiement"] == uuid
    assert row_of(payment)["chainage_paiement"] == row_of(scheme("study"))["id"]


def test_a_row_that_breaks_the_schema_is_left_out_and_named(scheme):
    bad = scheme("bad", ciblage_naf=["47.1A"])
    written, rows = read_back([scheme("good"), bad])

    assert [row["titre"] for row in rows] == ["good"]
    assert written.rows == 1
    assert written.refused[0].startswith("bad: ciblage_naf: `47.1A` does not have the form")


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        ({"titre": ""}, "titre: required, but empty"),
        ({"promesse": "x" * 181}, "promesse: 181 characters, 180 at most"),
        ({"description": "x" * 5001}, "description: 5001 characters, 5000 at most"),
        ({"url_source": "javascript:alert(1)"}, "url_source: `javascript:alert(1)` does not have the form"),
        ({"date_cloture": "2026-06"}, "date_cloture: `2026-06` is not of type datetime"),
        (
            {"eligibilite_effectif_minimal": "10.5"},
            "eligibilite_effectif_minimal: `10.5` is not of type integer",
        ),
        ({"id": "pass-29"}, "id: `pass-29` is not of type uuid"),
        ({"cibles": "entreprises"}, "cibles: `entreprises` does not have the form"),
        ({"eligibilite_geographique": "DEP-2C"}, "eligibilite_geographique: `DEP-2C` does not have the form"),
    ],
)
def test_each_rule_is_checked(scheme, change, breach):
    breaches = national_schema().breaches({**row_of(scheme()), **change})

    assert len(breaches) == 1
    assert breaches[0].startswith(breach)


def test_an_identifier_may_stand_once(scheme):
    schema, row = national_schema(), row_of(scheme())

    assert schema.breaches(row) == []
    assert schema.breaches(row) == [f"id: `{row['id']}` stands twice"]
