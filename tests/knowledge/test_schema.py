import pytest
from pydantic import BaseModel, ValidationError

from knowledge.schema import Advisor, Amounts, Bearer, LegalBasis, Scheme, Sector, Slice, Tier, TradeRule

# Fields of the national schema `dispositif-aide-professionnels` 0.2.0.
NATIONAL = {
    "id", "titre", "promesse", "description", "eligibilite", "types_aides", "porteurs", "programmes_parents",
    "url_source", "cibles", "eligibilite_geographique", "eligibilite_geographique_exclusions",
    "date_ouverture", "date_cloture", "date_mise_a_jour", "base_juridique", "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal", "eligibilite_categorie_taille_entreprise",
    "eligibilite_annees_existence_minimal", "eligibilite_forme_juridique",
    "eligibilite_forme_juridique_exclusions", "ciblage_secteur_activite", "ciblage_naf",
    "ciblage_naf_exclusions",
    "chainage_paiement",
}  # fmt: skip


@pytest.mark.parametrize(
    "model", [Advisor, Amounts, Bearer, LegalBasis, Scheme, Sector, Slice, Tier, TradeRule]
)
def test_every_field_guides_its_editor(model: type[BaseModel]):
    silent = [name for name, field in model.__fields__.items() if not field.field_info.description]

    assert silent == []


def test_schemes_have_every_field_of_the_national_schema():
    assert NATIONAL - set(Scheme.__fields__) == set()


def test_a_record_never_changes(advisor):
    with pytest.raises(TypeError):
        advisor("a").name = "b"


@pytest.mark.parametrize("given", [{"phone": "02 98 00 38 00"}, {"email": "contact@cci.fr"}])
def test_a_number_nobody_has_read_is_refused(advisor, given):
    with pytest.raises(ValidationError, match="allows neither"):
        advisor("a", confidence="memory", **given)


def test_an_official_record_says_where_it_was_read(advisor):
    with pytest.raises(ValidationError, match="needs a `source_url`"):
        advisor("a", confidence="official")


def test_the_payers_are_named_in_order(scheme):
    bearers = [
        {"nom": "Région Normandie", "roles": ["financeur"]},
        {"nom": "AD Normandie", "roles": ["instructeur"]},
    ]

    assert scheme(porteurs=bearers).funder == "Région Normandie, AD Normandie"
