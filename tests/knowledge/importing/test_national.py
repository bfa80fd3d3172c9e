"""The national schema: every trap of its files, and our own export read back."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codes import Confidence, SchemeStatus
from knowledge.exporting.national import conditions_of, write_national
from knowledge.exporting.table_schema import national_schema
from knowledge.importing.formats import national
from knowledge.importing.records import Context, Imported, SetAside, Skipped
from knowledge.importing.sources import source_of
from knowledge.importing.streams import Unreadable

EXAMPLE = Path(__file__).parent / "national" / "official_example.csv"
COLUMNS = national_schema().names
UUID = "11111111-2222-4333-8444-555555555555"
ROW = {
    "id": UUID,
    "titre": "Chèque cyber",
    "promesse": "Protégez votre entreprise",
    "description": "La Région paie la moitié d'un diagnostic.",
    "eligibilite": "• Avoir son siège dans la région",
    "types_aides": "financement",
    "porteurs": '[{"nom": "Région Bretagne", "roles": ["financeur"]}]',
    "cibles": "professionnels",
    "eligibilite_geographique": "REG-53",
    "date_mise_a_jour": "2026-03-01T10:00:00Z",
    "ciblage_secteur_activite": "tous secteurs d'activité",
}
KEPT = [name for name in COLUMNS if name not in ("id", "eligibilite", "date_ouverture")]


@pytest.fixture
def context(territories):
    return Context(source_of("national"), territories, date(2026, 11, 26), date(2026, 11, 20))


@pytest.fixture
def read(context):
    return lambda raw: list(national.read(io.BytesIO(raw), context))


@pytest.fixture
def one(read):
    """Return what becomes of one row, given what differs from a plain one."""

    def make(**cells):
        items = read(table([{**ROW, **cells}]))
        assert len(items) == 1
        return items[0]

    return make


@pytest.fixture
def scheme_of(one):
    def make(**cells):
        item = one(**cells)
        assert isinstance(item, Imported), item
        return item.record

    return make


def table(rows, delimiter=",", columns=COLUMNS, encoding="utf-8"):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def test_the_official_example(read):
    record = read(EXAMPLE.read_bytes())[0].record

    assert [bearer.dict() for bearer in record.porteurs] == [
        {"nom": "BPIFRANCE (BPIFRANCE)", "siren": "320252489", "roles": ["financeur"]},
        {"nom": "ADEME", "siren": "385290309", "roles": ["instructeur"]},
    ]
    assert record.base_juridique[0].libelle == "Arrêté n° 123456"
    assert record.eligibilite_geographique_exclusions == ["REG-84", "DEP-01", "COM-83141"]
    assert (record.eligibilite_effectif_minimal, record.eligibilite_effectif_maximal) == (10, 249)
    assert record.types_aides == ["advisory", "grant"]
    assert len(record.eligibilite) == 7
    assert "DSP000123" in record.editor_note


def test_our_export_comes_back_the_same(read, content):
    file = io.StringIO()
    write_national(content.schemes.values(), file)
    items = read(file.getvalue().encode())

    assert len(items) == len(content.schemes)
    for scheme, item in zip(content.schemes.values(), items, strict=True):
        for name in KEPT:
            if name == "eligibilite_annees_existence_minimal" and getattr(scheme, name) == 0.5:
                continue  # said in words: the schema wants whole years
            assert getattr(item.record, name) == getattr(scheme, name), (scheme.id, name)
        day = item.record.date_ouverture  # a month or a year comes back as its first day
        assert (day or "")[: len(scheme.date_ouverture or "")] == (scheme.date_ouverture or "")
        assert _plain(item.record.eligibilite) == _plain(_without_status(scheme))
        assert item.record.status is scheme.status


def _without_status(scheme):
    said = conditions_of(scheme)
    said = said if scheme.status is SchemeStatus.OPEN else said[1:]
    return [condition for condition in said if not condition.startswith("Conditions à vérifier")]


def _plain(conditions):
    return [" ".join(condition.split()).rstrip(" ;.") for condition in conditions]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_delimiters(read, delimiter):
    assert read(table([ROW], delimiter))[0].record.titre == "Chèque cyber"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(read, encoding):
    assert read(table([ROW], encoding=encoding))[0].record.titre == "Chèque cyber"


def test_version_0_1_has_fifteen_columns(read):
    record = read(table([ROW], columns=COLUMNS[:15]))[0].record

    assert record.ciblage_secteur_activite == []
    assert record.eligibilite_effectif_maximal is None


@pytest.mark.parametrize("shape", [lambda rows: rows, lambda rows: {"total": 1, "data": rows}])
def test_json_with_lists_and_objects(read, shape):
    row = {**ROW, "cibles": ["professionnels", "associations"], "porteurs": [{"nom": "État", "roles": ["financeur"]}],
           "eligibilite": ["Un", "Deux"], "eligibilite_effectif_maximal": 49, "promesse": None}  # fmt: skip
    record = read(json.dumps(shape([row])).encode())[0].record

    assert record.cibles == ["professionnels", "associations"]
    assert record.porteurs[0].nom == "État"
    assert record.eligibilite == ["Un", "Deux"]
    assert record.eligibilite_effectif_maximal == 49
    assert record.promesse == "La Région paie la moitié d'un diagnostic"


@pytest.mark.parametrize(
    "cell",
    [
        "[{ nom: 'ADEME', siren: '385290309', roles: [ 'instructeur' ]}]",
        '[{"nom": "ADEME", "siren": "385290309", "roles": ["instructeur"]}]',
        '{"nom": "ADEME", "siren": "385 290 309", "roles": "instructeur"}',
        "[{ nom: 'ADEME', siren: '385290309', rôles: [ 'instructeur', 'diffuseur' ], }]",
    ],
)
def test_bearers_as_javascript_or_json(scheme_of, cell):
    assert scheme_of(porteurs=cell).porteurs[0].dict() == {
        "nom": "ADEME",
        "siren": "385290309",
        "roles": ["instructeur"],
    }


def test_a_body_that_only_spreads_the_word_is_noted(scheme_of):
    record = scheme_of(
        porteurs='[{"nom": "Portail", "roles": ["diffuseur"]}, {"nom": "État", "roles": ["financeur"]}]'
    )

    assert [bearer.nom for bearer in record.porteurs] == ["État"]
    assert "Portail" in record.editor_note


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023-06-01T22:00:00.000Z", "2023-06-02"),
        ("2023-06-01T21:59:59.000Z", "2023-06-01"),
        ("2023-12-01T23:00:00Z", "2023-12-02"),
        ("2025-10-15T15:00:00Z", "2025-10-15"),
        ("2025-10-15", "2025-10-15"),
        ("2025-10-15T00:00:00", "2025-10-15"),
        ("", None),
    ],
)
def test_a_time_is_a_day_in_paris(scheme_of, cell, day):
    assert scheme_of(date_cloture=cell).date_cloture == day


def test_a_date_that_is_none_is_noted(scheme_of):
    record = scheme_of(date_cloture="fin 2026")

    assert record.date_cloture is None
    assert "date_cloture = fin 2026" in record.editor_note


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
    ("cells", "reason"),
    [
        ({"eligibilite_geographique": "COM-99999"}, "no territory of today has the code `COM-99999`"),
        ({"eligibilite_geographique": "REG-53|CANTON-12"}, "`CANTON-12` is not a zone"),
        ({"eligibilite_geographique_exclusions": "DEP-99"}, "no territory of today has the code `DEP-99`"),
        ({"eligibilite_geographique": ""}, "`eligibilite_geographique` is empty"),
        ({"id": ""}, "`id` is empty"),
        ({"titre": " "}, "`titre` is empty"),
        ({"porteurs": "ADEME"}, "neither JSON nor JavaScript"),
        ({"porteurs": "[]"}, "`porteurs` names nobody who pays or decides"),
        ({"porteurs": "[" * 30_000}, "longer than 20000 characters"),
        ({"porteurs": "[" * 5_000}, "neither JSON nor JavaScript"),
        ({"date_mise_a_jour": "0000-00-00"}, "`date_mise_a_jour` is no date"),
        ({"ciblage_naf": "boulangerie"}, "`ciblage_naf.0` is wrong: `boulangerie` is not a NAF code"),
    ],
)
def test_what_cannot_be_taken_is_set_aside_with_its_reason(one, cells, reason):
    item = one(**cells)

    assert isinstance(item, SetAside)
    assert reason in item.reason
    assert item.place == "record 1"


def test_the_others_go_in(read):
    rows = [
        ROW,
        {**ROW, "id": "b", "eligibilite_geographique": "COM-99999"},
        {**ROW, "id": "c", "titre": "Autre"},
    ]
    kinds = [type(item) for item in read(table(rows))]

    assert kinds == [Imported, SetAside, Imported]


def test_a_scheme_for_others_is_only_counted(one):
    assert one(cibles="particuliers|associations") == Skipped("for particuliers, associations, not for firms")


@pytest.mark.parametrize(
    "cell",
    [
        "<p>Une aide.</p><ul><li>Une&nbsp;liste</li></ul>",
        "**Une aide.**\n\n- Une liste",
        "&lt;p&gt;Une aide.&lt;/p&gt; Une liste",
    ],
)
def test_html_and_markdown_become_text(scheme_of, cell):
    text = scheme_of(description=cell).description

    assert "Une aide." in text
    assert "Une liste" in text
    assert not set("<>*&") & set(text)


def test_conditions_in_html_are_one_an_item(scheme_of):
    cell = "<ul><li>Moins de 50 salariés ;</li><li>Siège en Bretagne.</li></ul>"

    assert scheme_of(eligibilite=cell).eligibilite == ["Moins de 50 salariés", "Siège en Bretagne"]


def test_a_long_cell_is_cut_after_a_sentence_and_the_cut_is_said(scheme_of):
    record = scheme_of(description="<p>Une phrase qui dit quelque chose.</p> " * 700)

    assert 4_800 < len(record.description) <= 5_000
    assert record.description.endswith(
        "Une phrase qui dit quelque chose. (Texte coupé : la suite est sur la page du dispositif.)"
    )
    assert "Description coupée à 5 000 caractères." in record.editor_note


def test_a_description_of_5000_characters_is_not_cut(scheme_of):
    text = "a" * 4_999 + "."

    assert scheme_of(description=text).description == text


def test_a_flood_in_one_cell_is_set_aside_and_the_next_row_goes_in(read):
    rows = [{**ROW, "description": "x\n" * 100_000}, {**ROW, "id": "b"}]
    items = read(table(rows))

    assert [type(item) for item in items] == [SetAside, Imported]
    assert "field larger than field limit" in items[0].reason


def test_a_row_that_breaks_off_is_set_aside(read):
    raw = table([ROW, {**ROW, "id": "b"}])
    items = read(raw[: raw.rindex(b"b,Ch") + 12])

    assert [type(item) for item in items] == [Imported, SetAside]
    assert items[1].reason == "2 cells instead of 26"


def test_json_that_breaks_off_is_said(read):
    with pytest.raises(Unreadable, match="middle of record 2"):
        read(json.dumps([ROW, ROW]).encode()[:-40])


def test_a_table_of_another_format_is_said(read):
    with pytest.raises(Unreadable, match="no column `id`, `titre`, `description`"):
        read(b"nom;adresse\nA;B\n")


@pytest.mark.parametrize("cell", ["tous secteurs d'activité", "Tous secteurs d’activité", ""])
def test_all_sectors_is_no_limit(scheme_of, cell):
    record = scheme_of(ciblage_secteur_activite=cell)

    assert record.ciblage_secteur_activite == []
    assert record.eligibilite == ["Avoir son siège dans la région"]


def test_declared_sectors_are_kept(scheme_of):
    cell = "Commerce de détail|restauration"

    assert scheme_of(ciblage_secteur_activite=cell).ciblage_secteur_activite == [
        "commerce de détail",
        "restauration",
    ]


def test_a_sector_that_is_not_declared_becomes_a_condition_with_all_others(scheme_of):
    record = scheme_of(ciblage_secteur_activite="agriculture|IAA")

    assert record.ciblage_secteur_activite == []
    assert record.eligibilite[-1] == "Secteurs visés : agriculture, IAA"


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


PAYMENT = {**ROW, "id": "pay", "titre": "Paiement", "chainage_paiement": UUID}


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


def test_a_stream_need_not_go_back(context):
    class Pipe(io.RawIOBase):
        def __init__(self, raw):
            self._raw = io.BytesIO(raw)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self._raw.readinto(buffer)

    items = national.read(io.BufferedReader(Pipe(table([PAYMENT, ROW]))), context)

    assert [item.source_id for item in items] == [UUID, "pay"]


def test_a_link_that_could_run_is_left_out(scheme_of):
    record = scheme_of(
        url_source="javascript:alert(1)", base_juridique="[{ libelle: 'Texte', lien: 'javascript:x' }]"
    )

    assert record.url_source is None
    assert record.base_juridique == []
    assert "javascript:alert(1)" in record.editor_note


def test_a_number_that_is_none_is_noted(scheme_of):
    record = scheme_of(eligibilite_effectif_maximal="cinquante", eligibilite_effectif_minimal="10.0")

    assert (record.eligibilite_effectif_minimal, record.eligibilite_effectif_maximal) == (10, None)
    assert "cinquante" in record.editor_note


def test_a_mailbox_of_a_person_does_not_enter(scheme_of):
    record = scheme_of(description="Écrire à jean.dupont@bretagne.bzh ou à contact@bretagne.bzh.")

    assert "jean.dupont" not in record.description
    assert "contact@bretagne.bzh" in record.description


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


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nom", "roles", "lien", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(COLUMNS), value=JUNK)
def test_no_value_stops_the_import(read, name, value):
    items = read(json.dumps([{**ROW, name: value}, {**ROW, "id": "b"}]).encode())

    assert len(items) == 2
    assert isinstance(items[1], Imported)
