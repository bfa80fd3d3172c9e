"""What a scheme of the national schema is here: its zones, kinds, needs, id, payment, status, source, level."""

import json

import pytest

from knowledge.codes import Confidence, SchemeStatus
from knowledge.importing.records import SetAside
from tests.knowledge.importing.national.conftest import PAYMENT, ROW, UUID, table


@pytest.mark.parametrize("zone", ["DEP-2A", "DEP-2B", "COM-2A004", "PAYS-99100", "REG-94"])
def test_zones_of_corsica_and_others(scheme_of, zone):
    assert scheme_of(eligibilite_geographique=zone).eligibilite_geographique == [zone]


@pytest.mark.parametrize(
    ("cell", "zones"),
    [
        ("COM-01015|DEP-29", ["COM-01015", "DEP-29"]),
        ("COM-01025", ["COM-01025"]),
        ("COM-75101|COM-75102", ["COM-75056"]),
        ("COM-14762", ["COM-14762"]),
    ],
)
def test_merged_communes_are_those_of_today(scheme_of, territories, cell, zones):
    found = scheme_of(eligibilite_geographique=cell).eligibilite_geographique

    assert found == zones
    assert all(zone.split("-")[1] in territories.communes for zone in found if zone.startswith("COM"))


def test_a_commune_that_merged_away(scheme_of, territories):
    old, present = next(
        (code, present)
        for code, present in territories._present.items()
        if code != present and not present.startswith(("75", "69", "13"))
    )

    assert scheme_of(eligibilite_geographique=f"COM-{old}").eligibilite_geographique == [f"COM-{present}"]


@pytest.mark.parametrize(
    ("cell", "kinds", "needs"),
    [
        ("financement", ["grant"], ["cybersecurity", "diagnosis"]),
        ("Subventions|prêt", ["grant", "loan"], ["cybersecurity", "diagnosis"]),
        ("avantage fiscal", ["tax_credit"], ["cybersecurity", "diagnosis"]),
        ("mécénat", ["advisory"], ["cybersecurity", "diagnosis"]),
    ],
)
def test_kinds_by_their_words(scheme_of, cell, kinds, needs):
    record = scheme_of(types_aides=cell)

    assert record.types_aides == kinds
    assert record.needs == needs
    assert ("mécénat" in (record.editor_note or "")) == (cell == "mécénat")


@pytest.mark.parametrize(
    ("kind", "need"), [("financement", "grants"), ("prêt", "loans"), ("formation", "training")]
)
def test_needs_by_kind_where_no_word_names_one(scheme_of, kind, need):
    record = scheme_of(
        titre="Coup de pouce",
        promesse="Demandez un coup de pouce",
        description="Un soutien.",
        types_aides=kind,
    )

    assert record.needs == [need]


def test_the_id_is_the_title_and_a_suffix_that_stays(scheme_of):
    first, again, other = scheme_of(), scheme_of(date_cloture="2027-01-01"), scheme_of(id="x")

    assert first.id == again.id
    assert first.id.startswith("cheque-cyber-")
    assert first.id != other.id


def test_a_long_title_is_cut_and_kept_for_editors(scheme_of):
    title = "Aide " * 60
    record = scheme_of(titre=title)

    assert len(record.titre) <= 120
    assert len(record.id) <= 80
    assert title.strip() in record.editor_note


@pytest.mark.parametrize("rows", [[PAYMENT, ROW], [ROW, PAYMENT]])
def test_a_request_for_payment_leads_to_its_scheme_wherever_it_stands(read, rows):
    study, payment = read(table(rows))

    assert (study.source_id, payment.source_id) == (UUID, "pay")
    assert payment.record.chainage_paiement == study.record.id


def test_a_request_for_payment_never_leads_to_what_was_set_aside(read):
    items = read(table([{**ROW, "eligibilite_geographique": "COM-99999"}, PAYMENT]))

    assert isinstance(items[0], SetAside)
    assert items[1].record.chainage_paiement is None
    assert UUID in items[1].record.editor_note


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, SchemeStatus.OPEN),
        ({"date_cloture": "2026-11-25"}, SchemeStatus.ENDED),
        ({"date_cloture": "2026-11-26"}, SchemeStatus.OPEN),
        ({"date_mise_a_jour": "2023-12-31"}, SchemeStatus.UNKNOWN),
        ({"eligibilite": "• Dispositif suspendu pour le moment"}, SchemeStatus.SUSPENDED),
    ],
)
def test_status(scheme_of, cells, status):
    assert scheme_of(**cells).status is status


def test_where_it_comes_from_is_kept(scheme_of):
    record = scheme_of(url_source="https://www.bretagne.bzh/aides")

    assert record.provenance.source_id == UUID
    assert record.provenance.licence == "Licence Ouverte 2.0"
    assert record.provenance.file_date == "2026-11-20"
    assert (record.confidence, record.seen) == (Confidence.OFFICIAL, "2026-03-01")
    assert scheme_of(url_source="").confidence is Confidence.SECONDARY


@pytest.mark.parametrize(
    ("payer", "zone", "level"),
    [
        ("Région Bretagne", "REG-53", "region"),
        ("Union européenne", "REG-53", "eu"),
        ("Bpifrance", "PAYS-99100", "national"),
        ("Bpifrance", "DEP-29", "departement"),
        ("Brest métropole", "REG-53", "epci"),
    ],
)
def test_level_of_the_payer(scheme_of, payer, zone, level):
    porteurs = json.dumps([{"nom": payer, "roles": ["financeur"]}])

    assert scheme_of(porteurs=porteurs, eligibilite_geographique=zone).level == level
