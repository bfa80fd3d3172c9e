"""The cells of the national schema: bearers, days, texts, sectors, links, numbers."""

import pytest


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


@pytest.mark.parametrize("cell", [str(2**31), "1e18", "1e300", "1e400", "9" * 5_000])
def test_a_number_that_no_firm_reaches_is_noted(scheme_of, cell):
    record = scheme_of(eligibilite_effectif_maximal=cell)

    assert record.eligibilite_effectif_maximal is None
    assert "eligibilite_effectif_maximal = " in record.editor_note


def test_a_mailbox_of_a_person_does_not_enter(scheme_of):
    record = scheme_of(description="Écrire à jean.dupont@bretagne.bzh ou à contact@bretagne.bzh.")

    assert "jean.dupont" not in record.description
    assert "contact@bretagne.bzh" in record.description
