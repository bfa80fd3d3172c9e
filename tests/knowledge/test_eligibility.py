import pytest

from knowledge.codes import SizeCategory
from knowledge.eligibility import judge, prepare
from knowledge.facts import Firm
from knowledge.rules import legal_forms, sizes

LABELS = {
    "commerce": ["45", "46", "47"],
    "commerce de gros": ["46"],
    "boulangerie": ["10.71"],
    "artisanat": [],
}


def verdict(scheme, **facts):
    found = judge(scheme, Firm(**facts), LABELS)
    return found.eligible, found.missing


@pytest.mark.parametrize(
    ("headcount", "expected"),
    [
        (2, ("no", [])),
        (3, ("yes", [])),
        (7, ("yes", [])),
        (8, ("no", [])),
        (None, ("unknown", ["headcount"])),
    ],
)
def test_the_limits_of_headcount_are_included(scheme, headcount, expected):
    limited = scheme(eligibilite_effectif_minimal=3, eligibilite_effectif_maximal=7)

    assert verdict(limited, headcount=headcount) == expected


@pytest.mark.parametrize(
    ("categories", "headcount", "expected"),
    [
        (["MIC"], 9, ("unknown", ["turnover"])),
        (["MIC"], 10, ("no", [])),
        (["MIC", "PME"], 249, ("unknown", ["turnover"])),
        (["MIC", "PME"], 250, ("no", [])),
        (["PME"], 3, ("unknown", ["conditions", "turnover"])),  # the European definition would admit it
        (["MIC", "PME", "ETI", "GE"], 9000, ("yes", [])),  # no limit: turnover does not matter
    ],
)
def test_size_categories_rule_out_what_is_too_large(scheme, categories, headcount, expected):
    assert (
        verdict(scheme(eligibilite_categorie_taille_entreprise=categories), headcount=headcount) == expected
    )


def test_an_explicit_limit_stands_for_the_category(scheme):
    limited = scheme(eligibilite_categorie_taille_entreprise=["MIC"], eligibilite_effectif_maximal=10)

    assert verdict(limited, headcount=10) == ("yes", [])


@pytest.mark.parametrize(
    ("fields", "sector", "expected"),
    [
        ({"ciblage_secteur_activite": ["commerce"]}, "47", ("yes", [])),
        ({"ciblage_secteur_activite": ["commerce"]}, "43", ("no", [])),
        ({"ciblage_secteur_activite": ["commerce"]}, None, ("unknown", ["sector"])),
        ({"ciblage_secteur_activite": ["commerce", "artisanat"]}, "43", ("unknown", ["activity"])),
        ({"ciblage_secteur_activite": ["boulangerie"]}, "10", ("unknown", ["activity"])),
        ({"ciblage_naf": ["43"]}, "F", ("unknown", ["activity"])),
        ({"sector_exclusions": ["commerce de gros"]}, "46", ("no", [])),
        ({"sector_exclusions": ["commerce de gros"]}, "47", ("yes", [])),
        ({"sector_exclusions": ["artisanat"]}, "47", ("unknown", ["activity"])),
        ({"ciblage_naf_exclusions": ["64"]}, "64", ("no", [])),
        ({"ciblage_naf": ["47"], "ciblage_naf_exclusions": ["47"]}, "47", ("no", [])),  # exclusions win
    ],
)
def test_sectors_admit_refuse_or_leave_open(scheme, fields, sector, expected):
    assert verdict(scheme(**fields), sector=sector) == expected


@pytest.mark.parametrize(("amount", "expected"), [(2999, "no"), (3000, "yes"), (None, "unknown")])
def test_a_project_below_the_smallest_expense_is_ruled_out(scheme, amount, expected):
    assert verdict(scheme(amounts={"expense_min": 3000}), amount=amount)[0] == expected


def test_a_loan_below_its_minimum_is_ruled_out_and_a_grant_is_not(scheme):
    amounts = {"amount_min": 10_000, "amount_max": 50_000}

    assert verdict(scheme(types_aides=["loan"], amounts=amounts), amount=5000)[0] == "no"
    assert verdict(scheme(types_aides=["grant"], amounts=amounts), amount=5000)[0] == "unknown"


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"turnover_max": 1_000_000}, "turnover"),
        ({"eligibilite_annees_existence_minimal": 2}, "age"),
        ({"age_max_years": 1}, "age"),
        ({"eligibilite_forme_juridique_exclusions": ["SCI"]}, "legal_form"),
        ({"eligibilite": ["Demande avant la dépense"]}, "conditions"),
    ],
)
def test_what_no_owner_is_asked_stays_open(scheme, fields, fact):
    assert verdict(scheme(**fields), headcount=3, sector="47", amount=5000) == ("unknown", [fact])


def test_a_contradiction_wins_over_what_is_open(scheme):
    assert verdict(scheme(eligibilite_effectif_maximal=7, turnover_max=1_000_000), headcount=8) == ("no", [])


def test_nothing_read_is_never_a_yes(scheme):
    assert verdict(scheme()) == ("unknown", ["conditions"])
    assert verdict(scheme(confidence="memory", eligibilite_effectif_maximal=7), headcount=3)[0] == "unknown"


@pytest.mark.parametrize(
    ("kind", "amount", "states"),
    [
        ("loan", 50_000, ["met"]),
        ("loan", 50_001, ["partial"]),
        ("loan", None, []),
        ("grant", 150_000, []),
        ("guarantee", 150_000, []),
    ],
)
def test_a_loan_above_its_cap_can_pay_a_part(scheme, kind, amount, states):
    found = judge(scheme(types_aides=[kind], amounts={"amount_max": 50_000}), Firm(amount=amount), LABELS)

    assert [finding.state for finding in found.findings if finding.code.startswith("loan_cap")] == states
    assert found.eligible == ("yes" if states == ["met"] else "unknown")


def test_a_scheme_that_is_prepared_once_judges_every_firm_alike(content):
    labels = {sector.label: sector.naf for sector in content.reference.sectors}
    firms = [Firm(), Firm(sector="47", headcount=3, amount=8000), Firm(headcount=12, legal_form="SAS")]

    for scheme in content.schemes.values():
        ready = prepare(scheme, labels)
        assert [ready.judge(firm) for firm in firms] == [judge(scheme, firm, labels) for firm in firms]


def test_the_sizes_are_all_there_and_grow():
    limits = [(size.headcount_max, size.turnover_max, size.balance_sheet_max) for size in sizes()]

    assert [size.category for size in sizes()] == list(SizeCategory)
    assert limits[:-1] == sorted(limits[:-1])
    assert limits[-1] == (None, None, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("SARL", "SARL"),
        ("auto-entrepreneur", "MICRO"),
        ("Société par actions simplifiée", "SAS"),
        ("en nom propre", "EI"),
        ("franchise", None),
    ],
)
def test_a_legal_form_is_understood_as_it_is_said(words, code):
    assert legal_forms().code_of(words) == code


def test_the_words_of_the_content_that_are_no_legal_form_are_known(content):
    """A word misspelt in a record would leave open for ever what the legal form decides."""
    named = {
        word
        for scheme in content.schemes.values()
        for word in scheme.eligibilite_forme_juridique + scheme.eligibilite_forme_juridique_exclusions
    }

    assert {word for word in named if legal_forms().code_of(word) is None} == {
        "établissement secondaire", "franchise", "holding", "loueur de fonds", "profession libérale",
        "start-up", "succursale",
    }  # fmt: skip
