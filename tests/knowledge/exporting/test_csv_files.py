"""Tables for people: words instead of codes, and nothing a spreadsheet would run."""

import csv
import io

import pytest

from knowledge.codes import AidKind, BodyKind, Confidence, Cost, Need, SchemeStatus
from knowledge.exporting import csv_files
from knowledge.exporting.csv_files import CELL_MAX, dialled, write_csv
from knowledge.importing.formulas import given_back, neutral
from knowledge.schema import Advisor

COMBINED = {
    "combined_with": ["a", "b"],
    "combined_levels": ["region", "eu"],
    "not_combined_with": ["c"],
    "not_combined_levels": ["epci"],
    "public_aid_max_percent": 62.5,
    "variant_of": "d",
    "replaced_by": "e",
}
COMBINATIONS = {
    "Cumul possible avec (identifiants)": "a ; b",
    "Cumul possible avec les aides (niveau)": "région ; européen",
    "Pas de cumul avec (identifiants)": "c",
    "Pas de cumul avec les aides (niveau)": "intercommunalité",
    "Plafond des aides publiques (%)": "62,5",
    "Version locale de (identifiant)": "d",
    "Remplacé par (identifiant)": "e",
}


@pytest.fixture
def table(territories):
    def make(kind, records):
        file = io.StringIO()
        assert write_csv(kind, records, file, territories) >= 0
        return list(csv.DictReader(io.StringIO(file.getvalue()), delimiter=";"))

    return make


def test_a_body_in_words(table, advisor):
    row = table(
        "advisors",
        [
            advisor(
                "cci-29",
                kind="cci",
                level="departement",
                territory="29",
                area=["COM-29019"],
                needs=["website"],
            )
        ],
    )[0]

    assert row["Type"] == "chambre de commerce et d'industrie"
    assert row["Territoire"] == "Finistère (DEP-29)"
    assert row["Zone d'action"] == "Brest (COM-29019)"
    assert row["Besoins"] == "site internet"
    assert row["Fiabilité"] == "à confirmer"


def test_a_scheme_in_words(table, scheme):
    row = table(
        "schemes",
        [scheme(porteurs=[{"nom": "État", "roles": ["financeur"]}, {"nom": "Région", "roles": ["instructeur"]}],
                amounts={"rate_percent": 12.5}, types_aides=["grant", "loan"])],
    )[0]  # fmt: skip

    assert row["Financeurs et instructeurs"] == "État ; Région"
    assert row["Types d'aide"] == "subvention ; prêt"
    assert row["Territoires"] == "France"
    assert row["Taux (%)"] == "12,5"
    assert row["Montant maximal (€)"] == ""


def test_what_a_scheme_can_be_combined_with_is_written(table, scheme):
    row = table("schemes", [scheme(**COMBINED)])[0]

    assert {header: row[header] for header in COMBINATIONS} == COMBINATIONS


def test_every_column_of_the_shipped_content_is_filled_somewhere(table, content):
    for kind, records in (("advisors", content.advisors), ("schemes", content.schemes)):
        rows = table(kind, records.values())
        empty = {header for header in rows[0] if not any(row[header] for row in rows)}

        assert empty <= {"Licence", "Crédit", "Date du fichier", "SIRET", "Zone d'action", "Zone exclue",
                         "Territoires exclus", "Pas de cumul avec (identifiants)"}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("kinds", BodyKind),
        ("needs", Need),
        ("costs", Cost),
        ("confidences", Confidence),
        ("statuses", SchemeStatus),
        ("kinds_of_aid", AidKind),
    ],
)
def test_every_code_has_a_word(words, codes):
    assert list(csv_files._table()["words"][words]) == codes.values()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\u00a0@"])
def test_a_formula_becomes_a_text(start):
    assert neutral(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert given_back(neutral(f"{start}HYPERLINK(1)")) == f"{start}HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["L'aide", "1+1", "'quoted'", "", "'"])
def test_any_other_cell_stays_as_it_is(cell):
    assert neutral(cell) == given_back(cell) == cell


def test_a_long_cell_is_written_whole_as_far_as_a_spreadsheet_can_hold_it(table, scheme):
    condition, record = "Une condition parmi beaucoup d'autres", "x" * 4_999
    rows = table(
        "schemes",
        [
            scheme("long", description=record, eligibilite=[f"{condition} {n}" for n in range(500)]),
            scheme("endless", eligibilite=[f"{condition} {n}" for n in range(5_000)]),
        ],
    )

    assert rows[0]["Description"] == record
    assert len(rows[0]["Conditions"]) > 20_000
    assert rows[0]["Conditions"].endswith(f"{condition} 499")
    assert len(rows[1]["Conditions"]) <= CELL_MAX
    assert rows[1]["Conditions"].endswith("(Texte coupé : la cellule est trop longue pour un tableur.)")


def test_every_cell_is_made_harmless(table, advisor, scheme):
    attack = '=HYPERLINK("https://x.example";"Cliquez")'
    body = table("advisors", [advisor("a", name=attack, audience="@SUM(1)", services="-2+3")])[0]
    aid = table(
        "schemes", [scheme(eligibilite=["+1", "=2"], porteurs=[{"nom": attack, "roles": ["financeur"]}])]
    )[0]

    assert body["Nom"] == f"'{attack}"
    assert (body["Public"], body["Services"]) == ("'@SUM(1)", "'-2+3")
    assert aid["Conditions"] == "'+1 ; =2"
    assert aid["Financeurs et instructeurs"] == f"'{attack}"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("02 98 00 00 00", "02 98 00 00 00"),
        ("3006", "3006"),
        ("+33 2 98 00 00 00", "02 98 00 00 00"),
        ("+262 262 90 12 34", "0262 90 12 34"),
        ("+32 2 123 45 67", "00 32 2 123 45 67"),
    ],
)
def test_a_number_is_dialled_from_france(given, shown):
    assert dialled(given) == shown


def test_a_number_with_a_plus_needs_no_apostrophe(table, advisor):
    assert table("advisors", [advisor("a", phone="+33 2 98 00 00 00")])[0]["Téléphone"] == "02 98 00 00 00"


def test_a_record_from_memory_has_no_number(table, advisor):
    known = advisor("a", phone="02 98 00 00 00", email="contact@example.fr").dict()
    built = Advisor.construct(**{**known, "confidence": Confidence.MEMORY})

    row = table("advisors", [built])[0]

    assert (row["Téléphone"], row["Courriel"]) == ("", "")


def test_what_is_kept_for_editors_does_not_leave(table, advisor):
    assert (
        table("advisors", [advisor("a", shown="never"), advisor("b", editor_note="secret")])[0]["Nom"] == "b"
    )
    assert "secret" not in str(table("advisors", [advisor("b", editor_note="secret")]))
