from datetime import date

import pytest

from knowledge.codes import Need, Trade
from knowledge.coverage import Reach
from knowledge.eligibility import prepare
from knowledge.facts import Firm
from knowledge.funding import Candidate, Question, rank
from knowledge.presentation import ContactPresenter, FundingPresenter
from knowledge.sentences import read_sentences

BREST = Reach(frozenset({"PAYS-99100", "REG-53", "DEP-29"}))
CONTACT_FIELDS = "id name kind level territory phone email url hours cost why status verified_on source_url"
FUNDING_FIELDS = (
    "id title promise funder kinds status eligible reasons missing estimate closing_date url source_url "
    "verified_on combinations why"
)


@pytest.fixture
def contact(territories):
    presenter = ContactPresenter(read_sentences("contacts"), territories)
    return lambda body, need="website": presenter.present(body, need and Need(need))


@pytest.fixture
def funded(territories):
    """Return what is shown of one scheme for a firm."""
    presenter = FundingPresenter(read_sentences("funding"), territories, {"next": "Kap Numérik"}.get)

    def present(given, **facts):
        firm = Firm(**facts)
        (found,) = rank(
            [Candidate(given, prepare(given, {}))], Question(Need.WEBSITE, BREST, date(2026, 11, 23), firm)
        )
        return presenter.present(found, firm)

    return present


def test_a_contact_has_the_fields_of_the_contract(advisor, contact):
    shown = contact(advisor("cci-29", kind="cci", level="departement", territory="29")).to_dict()

    assert list(shown) == CONTACT_FIELDS.split()
    assert shown["territory"] == {"level": "departement", "code": "29", "name": "Finistère"}


@pytest.mark.parametrize(
    ("fields", "need", "why"),
    [
        (
            {"kind": "cma", "level": "departement", "territory": "29"},
            "website",
            "La chambre de métiers accompagne dans le Finistère les artisans qui veulent "
            "créer ou refaire un site.",
        ),
        (
            {"kind": "customs", "level": "region", "territory": "04", "services": "Reçoit sur rendez-vous."},
            "customs_vat",
            "Pour régler une question de douane ou de TVA à La Réunion, "
            "cet interlocuteur reçoit sur rendez-vous.",
        ),
        (
            {"services": "Enregistre les marques ; conseille aussi."},
            "ip_abroad",
            "Au niveau national, cet interlocuteur enregistre les marques.",
        ),
        (
            {"scope": "international", "services": "Reçoit les dépôts."},
            "ip_abroad",
            "Au niveau international, cet interlocuteur reçoit les dépôts.",
        ),
        (
            {"scope": "european", "kind": "association", "services": "Reçoit les dépôts."},
            "ip_abroad",
            "Au niveau européen, cet interlocuteur reçoit les dépôts.",
        ),
        (
            {"kind": "customs", "services": "Répond par téléphone."},
            "customs_vat",
            "Pour régler une question de douane ou de TVA, la douane répond par téléphone.",
        ),
        (
            {"kind": "cci", "level": "departement", "territory": "974"},
            None,
            "La chambre de commerce reçoit à La Réunion les commerces et les PME pour toute question.",
        ),
    ],
)
def test_why_a_contact_is_shown_is_one_sentence(advisor, contact, fields, need, why):
    assert contact(advisor("a", **fields), need).why == why


@pytest.mark.parametrize(
    ("confidence", "status"),
    [
        ("official", "verified"),
        ("secondary", "to_check"),
        ("directory-2019", "to_check"),
        ("memory", "to_check"),
    ],
)
def test_only_what_was_read_at_its_source_is_verified(advisor, contact, confidence, status):
    assert (
        contact(advisor("a", confidence=confidence, source_url="https://a.fr", seen="2024")).status == status
    )


def test_a_scheme_has_the_fields_of_the_contract(scheme, funded):
    shown = funded(scheme(amounts={"rate_percent": 30, "amount_max": 7500}), amount=10_000).to_dict()

    assert list(shown) == FUNDING_FIELDS.split()
    assert shown["estimate"] == {
        "min": 3000,
        "max": 3000,
        "formula": "30\u00a0% de 10\u202f000\u00a0€ de dépenses, 7\u202f500\u00a0€ au plus\u00a0: 3\u202f000\u00a0€",
    }


def test_the_reasons_say_what_fits_what_is_open_and_how_sure_it_is(scheme, funded):
    given = scheme(
        level="region",
        eligibilite_geographique=["REG-53"],
        eligibilite_effectif_maximal=7,
        eligibilite=["Demande avant la dépense", "RGPD respecté"],
        date_cloture="2028-03-31",
        status_as_of="2026-01",
    )

    assert funded(given, headcount=3).reasons == [
        "Donné ouvert.",
        "Date limite\u00a0: 31 mars 2028.",
        "Proposé en Bretagne.",
        "Votre effectif (3\u00a0salariés) convient.",
        "À vérifier\u00a0: demande avant la dépense\u202f; RGPD respecté.",
        "À confirmer auprès du financeur\u00a0: cette fiche n’a pas été lue sur son site.",
    ]


def test_a_contradiction_is_said_first_and_gives_no_estimate(scheme, funded):
    shown = funded(scheme(eligibilite_effectif_maximal=7, amounts={"amount_max": 5000}), headcount=12)

    assert (shown.eligible, shown.missing, shown.estimate) == ("no", [], None)
    assert shown.reasons[0] == (
        "Réservé aux entreprises de 7\u00a0salariés au plus\u202f; vous avez indiqué 12\u00a0salariés."
    )


def test_what_has_ended_says_so_and_what_replaced_it(scheme, funded):
    shown = funded(scheme(status="ended", date_cloture="2023-03-31", replaced_by="next"), headcount=3)

    assert (shown.status, shown.eligible, shown.missing, shown.estimate) == ("ended", "no", [], None)
    assert shown.reasons == [
        "Terminé (date de fin\u00a0: 31 mars 2023)\u00a0: cette aide ne prend plus de demande.",
        "Remplacé par «\u00a0Kap Numérik\u00a0».",
    ]


def test_an_opening_nobody_has_confirmed_is_said(scheme, funded):
    assert "Ouverture à confirmer (sans date connue)." in funded(scheme(status="unknown")).reasons


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({}, "Ouverture à confirmer (sans date connue)."),
        ({"seen": "2020-12-03"}, "Ouverture à confirmer (l’information a plus de trois ans)."),
        ({"status_as_of": "2025"}, "Ouverture à confirmer."),
    ],
)
def test_a_doubt_about_the_opening_comes_before_everything_else(scheme, funded, fields, first):
    given = scheme(
        status="unknown",
        level="region",
        eligibilite_geographique=["REG-53"],
        eligibilite_effectif_maximal=7,
        date_cloture="2028",
        **fields,
    )

    assert funded(given, headcount=3).reasons[:2] == [first, "Date limite\u00a0: 2028."]
    assert funded(given, headcount=12).reasons[:3] == [
        first,
        "Date limite\u00a0: 2028.",
        "Réservé aux entreprises de 7\u00a0salariés au plus\u202f; vous avez indiqué 12\u00a0salariés.",
    ]


def test_the_day_of_the_information_is_said_once_and_is_the_last_one(scheme, funded):
    shown = funded(scheme(seen="2021-02", status_as_of="2022-12"))

    assert shown.verified_on == "2022-12"
    assert [reason for reason in shown.reasons if "2022" in reason or "2021" in reason] == []


def test_for_whom_it_is_comes_first(scheme, funded):
    reasons = funded(scheme(rural=True, status="unknown")).reasons

    assert reasons[0] == "Réservé aux communes rurales\u00a0: à vérifier pour la vôtre."
    assert reasons[1].startswith("Ouverture à confirmer")


def test_a_loan_that_is_too_small_says_its_cap(scheme, funded):
    shown = funded(scheme(types_aides=["loan"], amounts={"amount_max": 50_000}), amount=150_000)

    assert shown.eligible == "unknown"
    assert shown.reasons[0] == (
        "Plafond\u00a0: 50\u202f000\u00a0€\u202f; vous avez indiqué 150\u202f000\u00a0€. "
        "Ce prêt peut en couvrir une partie."
    )


def test_a_number_is_written_as_in_france(advisor, contact):
    assert contact(advisor("a", phone="08 00 02 62 00")).phone == "0 800 02 62 00"
    assert contact(advisor("a")).phone is None


def test_a_profession_is_told_that_the_chamber_is_not_its_own(advisor, territories):
    presenter = ContactPresenter(read_sentences("contacts"), territories)
    chamber = advisor("cma-29", kind="cma", level="departement", territory="29")

    assert presenter.present(chamber, Need.WEBSITE, Trade.LIBERAL).why == (
        "La chambre de métiers accompagne dans le Finistère les artisans\u202f; "
        "une profession libérale n’en dépend pas."
    )


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (
            {"rate_percent": 70, "rate_min_percent": 40, "rate_of": "loan"},
            "Garantie de 40\u00a0% à 70\u00a0% du prêt\u202f; aucune somme ne vous est versée",
        ),
        (
            {"rate_percent": 50, "rate_of": "loss", "amount_max": 1_500_000},
            "Garantie à 50\u00a0% de la perte\u202f; aucune somme ne vous est versée",
        ),
    ],
)
def test_a_guarantee_says_what_it_covers_and_gives_no_money(scheme, funded, amounts, said):
    shown = funded(scheme(types_aides=["guarantee"], amounts=amounts), amount=20_000)

    assert (shown.estimate.min, shown.estimate.max, shown.estimate.formula) == (None, None, said)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("loan", "Prêt à rembourser"),
        ("leasing", "Crédit-bail, avec des loyers"),
        ("equity", "Entrée au capital"),
        ("tax_credit", "Crédit d’impôt"),
        ("insurance", "Assurance"),
    ],
)
def test_money_that_is_no_gift_is_named(scheme, funded, kind, start):
    shown = funded(scheme(types_aides=[kind], amounts={"amount_min": 1000, "amount_max": 5000}))

    assert shown.estimate.formula == f"{start}\u00a0: de 1\u202f000\u00a0€ à 5\u202f000\u00a0€"
