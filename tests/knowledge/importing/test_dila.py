"""The State's directory: three shapes, who is of use, where bodies work, and nobody's name."""

import json

import pytest

from knowledge.importing.competence import zones_of
from knowledge.importing.formats import dila
from knowledge.importing.records import Imported, SetAside, Skipped
from knowledge.importing.streams import Unreadable

DUMP = {
    "id": "00000000-0000-4000-8000-000000000001",
    "nom": "Chambre de commerce et d'industrie métropolitaine Bretagne Ouest - délégation de Quimper",
    "ancien_code_pivot": "cci-29232-01",
    "pivot": [{"type_service_local": "cci", "code_insee_commune": ["29232"]}],
    "telephone": [
        {"valeur": "02 98 98 29 30", "description": "Fax"},
        {"valeur": "02 98 98 29 29", "description": ""},
    ],
    "adresse_courriel": ["jean.exemple@cci.example.fr", "accueil.quimper@cci.example.fr"],
    "site_internet": [
        {"libelle": "", "valeur": "javascript:alert(1)"},
        {"libelle": "", "valeur": "www.cci.example.fr"},
    ],
    "adresse": [{"type_adresse": "Adresse", "code_postal": "29000", "nom_commune": "Quimper"}],
    "affectation_personne": [{"personne": {"nom": "Exemple", "prenom": "Jean"}}],
    "code_insee_commune": "29232",
    "siret": "123",
    "date_modification": "18/12/2024 17:42:39",
    "plage_ouverture": [
        {
            "nom_jour_debut": "Lundi",
            "nom_jour_fin": "Vendredi",
            "valeur_heure_debut_1": "09:00:00",
            "valeur_heure_fin_1": "12:30:00",
            "valeur_heure_debut_2": "14:00:00",
            "valeur_heure_fin_2": "17:00:00",
        }
    ],
}


@pytest.fixture
def read(context, stream):
    def run(value, **fields):
        return list(dila.read(stream(value), context("dila", **fields)))

    return run


def one(items):
    (item,) = items
    assert isinstance(item, Imported), item
    return item.record


def test_a_service_of_the_dump(read):
    record = one(read({"service": [DUMP]}))
    assert (record.phone, record.email, record.url) == (
        "02 98 98 29 29",
        "accueil.quimper@cci.example.fr",
        "https://www.cci.example.fr",
    )
    assert record.hours == "du lundi au vendredi, de 9 h à 12 h 30 et de 14 h à 17 h"
    assert (record.kind.value, record.territory, record.seat, record.area) == ("cci", "29", "COM-29232", [])
    assert (record.seen, record.directory_id, record.siret) == ("2024-12-18", "cci-29232-01", None)
    assert record.provenance.credit.startswith("Annuaire de l'administration")


def test_no_name_of_a_person_enters(read):
    assert "Exemple" not in one(read({"service": [DUMP]})).json()


def test_the_api_gives_the_same(read):
    inside = ("pivot", "telephone", "site_internet", "adresse", "plage_ouverture")
    api = {**DUMP, **{name: json.dumps(DUMP[name]) for name in inside}}
    api["adresse_courriel"] = "accueil.quimper@cci.example.fr"
    assert one(read({"total_count": 1, "results": [api]})) == one(read({"service": [DUMP]}))


@pytest.mark.parametrize("phone", ["02 98 98 29 29", {"$t": "02 98 98 29 29"}])
@pytest.mark.parametrize("line", ["1 place", ["1 place", "BP 1"]])
def test_the_shape_of_2017_is_not_shown_as_verified(read, phone, line):
    legacy = {
        "id": "cci-29232-01",
        "pivotLocal": "cci",
        "codeInsee": "29232",
        "Nom": "CCI Quimper",
        "Adresse": {"Ligne": line},
        "CoordonnéesNum": {"Téléphone": phone},
    }
    record = one(read([legacy]))
    assert (record.phone, record.confidence.value) == ("02 98 98 29 29", "secondary")


@pytest.mark.parametrize(
    ("sort", "kind", "level"),
    [
        ("cci", "cci", "departement"),
        ("chambre_metier", "cma", "departement"),
        ("cr", "region", "region"),
        ("cg", "council", "departement"),
        ("banque_de_france", "banque_de_france", "departement"),
        ("urssaf", "urssaf", "region"),
        ("sie", "tax_office", "departement"),
        ("bureau_de_douane", "customs", "departement"),
        ("msap", "france_services", "epci"),
        ("france_services", "france_services", "epci"),
    ],
)
def test_types_of_use(read, sort, kind, level):
    record = one(read([{**DUMP, "pivot": [{"type_service_local": sort}]}]))
    assert (record.kind.value, record.level.value) == (kind, level)


def test_other_types_are_only_counted(read):
    assert read([{"pivot": [{"type_service_local": "sdis"}]}, {"pivot": []}]) == [
        Skipped("sdis"),
        Skipped("no type"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chambre de commerce et d'industrie de région Bretagne", "cci_region"),
        ("Chambre de commerce et d'industrie de région Bretagne - Finistère", "cci"),
    ],
)
def test_the_chamber_of_a_region_and_its_branch(read, name, kind):
    rennes = {**DUMP, "nom": name, "code_insee_commune": "35238"}
    assert (
        one(read([rennes if kind == "cci_region" else {**rennes, "code_insee_commune": "29232"}])).kind.value
        == kind
    )


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("75111", "COM-75056"),
        ("69383", "COM-69123"),
        ("13201", "COM-13055"),
        ("01033", "COM-01033"),
        ("01059", "COM-01453"),
    ],
)
def test_old_codes_and_arrondissements_lead_to_the_commune_of_today(read, code, today):
    assert one(read([{**DUMP, "code_insee_commune": code}])).seat == today


def test_an_unknown_code_sets_the_record_aside(read):
    (item,) = read([{**DUMP, "code_insee_commune": "99999"}])
    assert isinstance(item, SetAside)
    assert item.reason == "no commune has or had the INSEE code `99999`"
    assert (item.source_id, item.place) == (DUMP["id"], "record 1")


def test_a_malformed_record_is_set_aside_and_the_rest_goes_in(read):
    found = read([3, {**DUMP, "nom": ""}, DUMP])
    assert [type(item) for item in found] == [SetAside, SetAside, Imported]


def test_without_a_code_the_address_says_where(read):
    assert one(read([{**DUMP, "code_insee_commune": ""}])).seat == "COM-29232"


@pytest.fixture
def companion(tmp_path, territories):
    """Write the companion file: this service serves these communes."""

    def write(codes):
        path = tmp_path / "competences.csv"
        lines = ["code_insee_commune,nom_commune,id_service_local,code_type_service_local"]
        lines += [f"{code},x,{DUMP['id']},cci" for code in codes] + [f"{codes[0]},x,other,sdis"]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def members(territories, **where):
    return [
        p.code for p in territories.communes.values() if all(getattr(p, k) == v for k, v in where.items())
    ]


def test_the_area_is_said_in_the_widest_zones(read, companion, territories):
    quimper = members(territories, epci="200068120")
    unknown, *found = read([DUMP], companion=companion([*quimper, "29019", "99999"]))
    record = one(found)
    assert unknown == Skipped("line of the companion file whose INSEE code no commune has or had")
    assert record.area == ["EPCI-200068120", "COM-29019"]


def test_the_whole_territory_needs_no_area(read, companion, territories):
    assert one(read([DUMP], companion=companion(members(territories, departement="29")))).area == []


def test_zones_hold_exactly_the_communes(territories):
    assert zones_of(members(territories, region="53"), territories) == ["REG-53"]
    part = members(territories, departement="29")[1:]
    covered = zones_of(part, territories)
    assert "DEP-29" not in covered
    assert any(zone.startswith("EPCI-") for zone in covered)


def test_a_file_that_breaks_off_says_where(context):
    import io

    raw = json.dumps({"service": [DUMP, DUMP]}).encode()[:-40]
    with pytest.raises(Unreadable, match="ends in the middle of record 2"):
        list(dila.read(io.BytesIO(raw), context("dila")))
