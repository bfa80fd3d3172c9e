import pytest

from knowledge.codes import Need
from knowledge.errors import UnknownNeed


@pytest.mark.parametrize("need", Need.values())
def test_every_departement_gets_three_contacts_and_no_place_two(base, territories, need):
    found = {place.code: len(base.contacts(need, place)) for place in territories.departements}

    assert len(found) == 101
    assert {code: count for code, count in found.items() if count < 3} == {}
    assert len(base.contacts(need)) >= 2


@pytest.mark.parametrize("need", Need.values())
def test_three_first_contacts_are_never_of_one_kind_when_another_is_there(base, territories, need):
    for place in territories.departements:
        kinds = [contact.kind for contact in base.contacts(need, place)]
        assert len(set(kinds[:3])) > 1 or len(set(kinds)) == 1, place


@pytest.mark.parametrize("need", Need.values())
def test_every_contact_can_be_reached(base, territories, need):
    for place in [None, *territories.departements]:
        unreachable = [c.id for c in base.contacts(need, place) if not (c.phone or c.email or c.url)]
        assert unreachable == []


@pytest.mark.parametrize("level", ["commune", "departement", "region"])
def test_no_contact_and_no_scheme_comes_from_elsewhere(base, territories, level):
    place = territories.get(level, {"commune": "29232", "departement": "29", "region": "53"}[level])

    for contact in base.contacts("website", place):
        assert (contact.territory.level, contact.territory.code) in {
            ("departement", "29"),
            ("region", "53"),
            ("national", "FR"),
        }
    schemes = [scheme.id for scheme in base.funding("website", place)]
    assert [key for key in schemes if key.startswith(("hdf-", "reunion-"))] == []


def test_without_a_place_only_national_contacts_are_given(base):
    assert {contact.level for need in Need.values() for contact in base.contacts(need)} == {"national"}


def test_everybody_has_somebody_to_call(base, territories):
    for place in [None, *territories.departements, *territories.regions]:
        assert len(base.general_contacts(place)) >= 3
    quimper = base.general_contacts(territories.get("commune", "29232"))
    assert [contact.id for contact in quimper[:2]] == ["cci-29", "cma-29"]


def test_the_branch_of_the_commune_comes_first(base, territories):
    brest, quimper = territories.get("commune", "29019"), territories.get("commune", "29232")

    assert base.contacts("website", brest)[0].id == "cci-29-brest"
    assert base.contacts("website", quimper)[0].id == "cci-29"


@pytest.mark.parametrize(
    ("need", "place", "facts", "first"),
    [
        ("website", "29", {"sector": "96"}, "cma-29"),
        ("website", "29", {"sector": "47"}, "cci-29-brest"),
        ("cybersecurity", "29", {}, "csirt-bretagne"),
        ("e_invoicing", "29", {"sector": "96"}, "cma-29"),
        ("ip_abroad", "29", {}, "inpi"),
        ("export_prospecting", "59", {}, "team-france-export-hauts-de-france"),
        ("payroll", "974", {"headcount": 3}, "tese-urssaf"),
    ],
)
def test_the_first_contact_is_the_one_an_adviser_would_name(base, territories, need, place, facts, first):
    contacts = base.contacts(need, territories.get("departement", place), **facts)

    assert first in [contact.id for contact in contacts[:2]]


def test_bodies_of_the_union_are_not_shown_for_a_country_outside_it(base):
    inside = {contact.id for contact in base.contacts("contracts_abroad", country="DE")}
    outside = {contact.id for contact in base.contacts("contracts_abroad", country="US")}

    assert inside - outside == {"cec-france", "e-justice-europe", "solvit-france"}


def test_numbers_nobody_has_read_are_never_shown(base, content):
    unread = {key for key, advisor in content.advisors.items() if advisor.confidence == "memory"}
    shown = [contact for need in Need.values() for contact in base.contacts(need)]

    reached = [contact.id for contact in shown if contact.phone or contact.email]
    assert [key for key in reached if key in unread] == []


def test_unchecked_bodies_are_never_shown(base, territories):
    places = [None, *territories.regions]
    answers = [base.contacts(need, place) for place in places for need in Need.values()]
    shown = {contact.id for contacts in answers for contact in contacts}

    assert shown & {"hauts-de-france-numero-unique", "signaux-faibles"} == set()
    assert "region-hauts-de-france" in shown


@pytest.mark.parametrize("need", Need.values())
def test_what_has_ended_is_last(base, territories, need):
    for region in territories.regions:
        ended = [scheme.status == "ended" for scheme in base.funding(need, region)]
        assert ended == sorted(ended)


def test_an_epci_scheme_is_for_its_communes_only(base, territories):
    dol = territories.get("commune", "35095")
    rennes = territories.get("commune", "35238")

    assert base.funding("website", dol)[0].id == "bretagne-epci-dol-pass"
    assert "bretagne-epci-dol-pass" not in [scheme.id for scheme in base.funding("website", rennes)]


def test_kap_numerik_is_computed_for_a_shop_of_la_reunion(base, territories):
    shop = {"sector": "47", "headcount": 3, "amount": 3000}
    first = base.funding("website", territories.get("region", "04"), **shop)[0]

    assert first.id == "reunion-kap-numerik"
    assert (first.estimate.min, first.estimate.max) == (2400, 2400)  # 3 000 × 80 %
    assert first.eligible == "unknown"
    assert first.missing == ["turnover", "conditions"]


@pytest.mark.parametrize("ask", ["contacts", "funding"])
def test_a_need_that_does_not_exist_is_refused(base, ask):
    with pytest.raises(UnknownNeed):
        getattr(base, ask)("lunch")


def test_the_same_question_has_the_same_answer(base, territories):
    place = territories.get("departement", "75")

    assert base.contacts("grants", place) == base.contacts("grants", place)
    assert base.funding("grants", place) == base.funding("grants", place)


def test_an_empty_fact_is_a_fact_that_is_not_known(base):
    assert base.contacts("training", sector="", country="") == base.contacts("training")
    assert base.contacts("contracts_abroad", country="de") == base.contacts("contracts_abroad", country="DE")
    assert base.funding("training", sector="") == base.funding("training")


@pytest.mark.parametrize(
    ("facts", "first", "later"),
    [
        ({"sector": "47", "trade": "boucher"}, "cma", "cci"),
        ({"sector": "47", "trade": "fleuriste", "craft": True}, "cma", "cci"),
        ({"sector": "10", "headcount": 3}, "cma", "cci"),
        ({"headcount": 48}, "cci", "cma"),
        ({"sector": "10", "headcount": 260}, "cci", "cma"),
        ({"sector": "71"}, "cci", "cma"),
    ],
)
@pytest.mark.parametrize("need", Need.values())
def test_the_chamber_of_the_firm_comes_before_the_other(base, territories, need, facts, first, later):
    for code in ("29", "69", "974", "2A"):
        found = base.contacts(need, territories.get("departement", code), **facts)
        kinds = [contact.kind for contact in found if contact.level == "departement"]
        assert first not in kinds or later not in kinds or kinds.index(first) < kinds.index(later)


def test_an_unknown_trade_changes_nothing(base, territories):
    brest = territories.get("commune", "29019")

    assert base.contacts("website", brest, trade=None, craft=None) == base.contacts("website", brest)


@pytest.mark.parametrize(
    ("need", "region", "dead"),
    [
        ("website", "75", "na-cheque-e-commerce"),
        ("website", "24", "cvl-cap-developpement-numerique"),
        ("website", "44", "ge-transformation-digitale"),
        ("diagnosis", "93", "paca-my-digital-coach"),
    ],
)
def test_what_may_long_be_closed_comes_after_all_that_is_open_everywhere(
    base, territories, need, region, dead
):
    found = base.funding(need, territories.get("region", region))
    at = [scheme.id for scheme in found].index(dead)
    narrow = "Rarement accordé en direct à une très petite entreprise."

    assert at >= 3
    assert [s.id for s in found[at:] if s.status == "open" and narrow not in s.reasons] == []
    assert found[at].reasons[0].startswith(("Terminé", "Ouverture à confirmer (l’information a plus"))


@pytest.mark.parametrize(
    ("level", "code"), [("commune", "69123"), ("commune", "59183"), ("commune", "2A004")]
)
@pytest.mark.parametrize("need", ["website", "visibility", "online_store", "business_software"])
def test_a_city_is_not_shown_rural_or_export_schemes_first(base, territories, level, code, need):
    found = base.funding(need, territories.get(level, code))
    rural = [scheme for scheme in found if scheme.id in ("leader-feader", "corse-cresce")]
    live = [scheme for scheme in found if scheme.status != "ended" and scheme.eligible != "no"]
    narrow = "Rarement accordé en direct à une très petite entreprise."
    last = [scheme for scheme in live if scheme in rural or narrow in scheme.reasons]

    assert "assurance-prospection" not in [scheme.id for scheme in found]
    assert live[len(live) - len(last) :] == last
    assert all(scheme.reasons[0].startswith("Réservé aux communes rurales") for scheme in rural)


@pytest.mark.parametrize("code", ["975", "977", "978", "986", "987", "988"])
@pytest.mark.parametrize("need", Need.values())
def test_nothing_national_is_said_to_hold_in_a_collectivity(base, territories, code, need):
    found = [s for s in base.funding(need, territories.get("departement", code)) if s.status != "ended"]

    assert [s.id for s in found if "À confirmer pour votre territoire." not in s.reasons[:2]] == []
    assert [s.id for s in found if s.eligible == "yes"] == []


@pytest.mark.parametrize("region", ["11", "32", "53", "75", "28"])
def test_a_plain_grant_begins_with_the_general_schemes_of_the_region(base, territories, region):
    found = [scheme.id for scheme in base.funding("grants", territories.get("region", region))]

    assert found[0] not in ("diag-data-ia", "diag-cybersecurite-bpifrance", "cyber-pme")


def test_a_large_loan_begins_with_those_that_can_pay_it(base, territories):
    found = base.funding("loans", territories.get("departement", "31"), amount=150_000)
    small = [s.id for s in found if any(reason.startswith("Plafond") for reason in s.reasons)]

    assert {"pret-croissance-tpe", "adie-microcredit"} <= set(small)
    assert [s.id for s in found].index("pret-croissance-bpifrance") < min(
        [s.id for s in found].index(key) for key in small
    )


def test_no_why_is_the_old_formula_and_foreign_bodies_are_not_national(base):
    shown = {contact.id: contact.why for need in Need.values() for contact in base.contacts(need)}

    assert [key for key, why in shown.items() if why.startswith("Interlocuteur national")] == []
    assert shown["wipo-ompi"].startswith("Au niveau international")
    for key in ("euipo-fonds-pme", "e-justice-europe", "enterprise-europe-network"):
        assert shown[key].startswith("Au niveau européen")


def test_more_facts_decide_on_more_schemes(base, territories):
    lille = territories.get("commune", "59350")
    asked = {scheme.id: scheme.missing for scheme in base.funding("website", lille, headcount=3)}
    known = {
        scheme.id: scheme.missing
        for scheme in base.funding(
            "website", lille, headcount=3, turnover=200_000, age_years=4, legal_form="SARL", sector="47"
        )
    }

    assert sum(map(len, known.values())) < sum(map(len, asked.values()))


@pytest.mark.parametrize("country", ["%", "_", "__", "D%", "DE'", "\x00", "Allemagne"])
def test_what_can_be_no_code_of_a_country_is_not_known(base, country):
    assert base.contacts("contracts_abroad", country=country) == base.contacts("contracts_abroad")


def test_guidance_is_part_of_the_base(base):
    assert base.guidance.definition("marketplace").text.startswith("Place de marché")
