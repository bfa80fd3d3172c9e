"""Plays the tables of `cases/`, which advisors read and correct; `cases/README.md` says what each column is."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.coverage import LEVEL_OF_ZONE, reach_of, split_zone
from knowledge.eligibility import judge, judge_territory
from knowledge.estimates import estimate
from knowledge.facts import Firm
from knowledge.funding import status_on
from knowledge.presentation import FundingPresenter
from knowledge.schema import Scheme
from knowledge.sentences import read_sentences
from yaml_files import read_yaml

CASES = Path(__file__).parent / "cases"
ANSWERS = {"yes": "oui", "no": "non", "unknown": "inconnu"}
FACTS = {
    "effectif": "headcount",
    "chiffre d'affaires": "turnover",
    "bilan": "balance_sheet",
    "ancienneté": "age",
    "forme juridique": "legal_form",
    "activité": "sector",
    "nature de l'activité": "activity",
    "montant": "amount",
    "conditions": "conditions",
    "commune": "commune",
}
FIRM = {
    "effectif": "headcount",
    "chiffre_affaires": "turnover",
    "bilan": "balance_sheet",
    "anciennete": "age_years",
    "forme": "legal_form",
    "activite": "sector",
    "montant": "amount",
}
SCHEME = {
    "effectif_min": "eligibilite_effectif_minimal",
    "effectif_max": "eligibilite_effectif_maximal",
    "tailles": "eligibilite_categorie_taille_entreprise",
    "anciennete_min": "eligibilite_annees_existence_minimal",
    "anciennete_max": "age_max_years",
    "formes": "eligibilite_forme_juridique",
    "formes_exclues": "eligibilite_forme_juridique_exclusions",
    "activites": "ciblage_secteur_activite",
    "activites_exclues": "sector_exclusions",
    "naf": "ciblage_naf",
    "naf_exclus": "ciblage_naf_exclusions",
    "types": "types_aides",
    "lieux": "eligibilite_geographique",
    "lieux_exclus": "eligibilite_geographique_exclusions",
    "fermeture": "date_cloture",
}
AMOUNTS = {
    "taux": "rate_percent",
    "taux_min": "rate_min_percent",
    "taux_variable": "rate_varies",
    "aide_min": "amount_min",
    "aide_max": "amount_max",
    "depense_min": "expense_min",
}
EXPECTED = {"droit", "demander", "raison", "aide", "calcul", "statut"}
COLUMNS = {"cas", "dispositif", "lieu", "jour"} | set(FIRM) | EXPECTED


def _rows():
    for path in sorted(CASES.glob("*.yml")):
        table = read_yaml(path)
        for row in table["cas"]:
            declared = table.get("dispositifs", {}).get(row["dispositif"])
            yield pytest.param(row, declared, id=f"{path.stem}: {row['cas']}")


ROWS = list(_rows())


@pytest.fixture
def given(content, scheme):
    """Return the scheme a row names: one of the content, or one its table declares."""

    def find(name: str, declared: dict | None) -> Scheme:
        if declared is None:
            return content.schemes[name]
        amounts = {AMOUNTS[column]: value for column, value in declared.items() if column in AMOUNTS}
        fields = {SCHEME[column]: value for column, value in declared.items() if column not in AMOUNTS}
        return scheme(name, amounts=amounts, **fields)

    return find


@pytest.fixture(scope="module")
def presenter(territories):
    return FundingPresenter(read_sentences("funding"), territories, str)


@pytest.mark.parametrize(("row", "declared"), ROWS)
def test_each_case_of_the_tables_holds(row, declared, given, content, territories, presenter):
    subject = given(row["dispositif"], declared)
    firm = Firm(**{FIRM[column]: value for column, value in row.items() if column in FIRM})
    seen = _verdict(subject, firm, row, content, territories, presenter.say)
    seen |= _estimate(subject, firm, presenter)
    if "jour" in row:
        seen["statut"] = status_on(subject, date.fromisoformat(row["jour"])).value

    for column in EXPECTED & set(row):
        if column in ("raison", "calcul"):
            assert row[column] in seen[column]
        else:
            assert seen[column] == row[column]


def _verdict(subject, firm, row, content, territories, say) -> dict:
    labels = {sector.label: sector.naf for sector in content.reference.sectors}
    others = (
        [judge_territory(subject, _reach(row["lieu"], territories), territories)] if "lieu" in row else []
    )
    verdict = judge(subject, firm, labels, *others)
    said = [say.say("criteria", found.code, **found.values) for found in verdict.findings]
    french = {code: words for words, code in FACTS.items()}
    return {
        "droit": ANSWERS[verdict.eligible],
        "demander": [french.get(fact, fact) for fact in verdict.missing],
        "raison": _plain(" | ".join(said)),
    }


def _reach(zone, territories):
    if zone == "inconnu":
        return reach_of(None, territories)
    kind, code = split_zone(zone)
    return reach_of(territories.get(LEVEL_OF_ZONE[kind], code), territories)


def _estimate(subject, firm, presenter) -> dict:
    found = estimate(subject, firm)
    if found is None:
        return {"aide": "aucune", "calcul": ""}
    bounds = ["?" if bound is None else bound for bound in (found.low, found.high)]
    shown = presenter.estimate(subject, firm)
    return {"aide": bounds, "calcul": _plain(shown.formula)}


def _plain(text: str) -> str:
    """Return a text as the plain keyboard writes it."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_every_row_expects_something_and_every_column_is_known():
    rows = [param.values[0] for param in ROWS]

    assert [row["cas"] for row in rows if not EXPECTED & set(row) or set(row) - COLUMNS] == []
    assert len(rows) >= 120
