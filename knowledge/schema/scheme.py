"""Something that may pay; French field names are those of the national schema."""

from pydantic import Field, StrictBool, conlist

from knowledge.codes import AidKind, Need, RateOf, Role, SchemeLevel, SchemeStatus, SizeCategory, Target
from knowledge.fields import Line, Naf, PartialDate, Slug, Text, Url, Zone
from knowledge.schema.base import Euros, Headcount, Percent, Sourced, Strict, Years


class Tier(Strict):
    """Amounts that hold for some headcounts only."""

    headcount_min: Headcount = Field(0, description="From this number of employees on.")
    headcount_max: Headcount | None = Field(None, description="Up to this number of employees, included.")
    rate_percent: Percent | None = Field(None, description="Rate for these firms.")
    amount_max: Euros | None = Field(None, description="Cap for these firms, in euros.")


class Slice(Strict):
    """A part of the expense that has a rate of its own."""

    up_to: Euros | None = Field(
        None, description="Expense up to which this rate holds, in euros; nothing for all that is above."
    )
    rate_percent: Percent = Field(..., description="Rate for the expense of this slice.")


class Amounts(Strict):
    """How much a scheme gives, in euros, before tax where the scheme says so."""

    rate_percent: Percent | None = Field(
        None, description="Share that is paid, in percent; the highest where it varies."
    )
    rate_min_percent: Percent | None = Field(
        None, description="Lowest share, where the rate varies from project to project."
    )
    rate_varies: StrictBool = Field(
        False,
        description="true when `rate_percent` is a maximum (« jusqu'à ») without a known lowest share.",
    )
    rate_of: RateOf = Field(
        RateOf.EXPENSE,
        description="What the rate is a share of: expense, loan (guarantees) or loss (insurance).",
    )
    amount_min: Euros | None = Field(None, description="Smallest amount given, in euros.")
    amount_max: Euros | None = Field(None, description="Largest amount given, in euros.")
    expense_min: Euros | None = Field(None, description="Smallest expense admitted, in euros.")
    expense_max: Euros | None = Field(None, description="Expense counted at most, in euros.")
    expense_step: Euros | None = Field(
        None, description="Only whole steps of this expense count, in euros (150 € for each 300 €)."
    )
    slices: list[Slice] = Field(
        default_factory=list,
        description=(
            "Rates by slice of the expense, lowest first, where the rate changes as the expense grows "
            "(100 % up to 500 €, 50 % above); they stand for `rate_percent`, which keeps the highest."
        ),
    )
    bonus_max: Euros | None = Field(
        None, description="Most that a bonus adds, in euros; said beside the amount, never counted in it."
    )
    bonus_for: Line | None = Field(
        None, max_length=60, description="What the bonus is for, after « pour »: « une embauche »."
    )
    formula: Line | None = Field(
        None,
        max_length=200,
        description="The rule in words, for owners, where figures alone do not say it.",
    )
    tiers: list[Tier] = Field(
        default_factory=list, description="Other rates or caps by headcount; the first that fits counts."
    )


class Bearer(Strict):
    """Who takes part in a scheme (`porteurs`)."""

    nom: Line = Field(..., description="Name as owners know it.")
    siren: Line | None = Field(
        None, regex=r"^\d{9}$", description="SIREN of the body, nine digits in quotes."
    )
    roles: conlist(Role, min_items=1) = Field(..., description="financeur, instructeur.")


class LegalBasis(Strict):
    """A text a scheme rests on (`base_juridique`)."""

    libelle: Line = Field(..., description="Name of the text.")
    lien: Url = Field(..., description="Where it can be read.")


class Scheme(Sourced):
    """Something that may pay for a project, or pay somebody to help with it."""

    id: Slug = Field(
        ..., description="The name of the file without .yml, e.g. hdf-aden. Never changes once published."
    )
    titre: Line = Field(
        ...,
        max_length=120,
        description="Short commercial name, with the territory where the name is common.",
    )
    aliases: conlist(Line, unique_items=True) = Field(
        default_factory=list,
        description="Other names that owners use for it: a former name, an abbreviation, « chèque de 500 € ».",
    )
    promesse: Line = Field(
        ...,
        max_length=180,
        description=(
            "What the owner gets: 6 to 15 words, imperative, « vous », no full stop; for a scheme "
            "that has ended, that it has. E.g. « Financez 40 % de votre boutique en ligne ou de votre"
            " logiciel de gestion »."
        ),
    )
    description: Text = Field(
        ...,
        description=(
            "For an adviser: what is paid, for whom, what is excluded, usual amounts; 2 to 5 plain sentences."
        ),
    )
    eligibilite: list[Line] = Field(
        default_factory=list,
        description="Conditions that no other field says, one an item, 3 to 15 words, no full stop.",
    )
    types_aides: conlist(AidKind, min_items=1, unique_items=True) = Field(
        ..., description="What is given, main kind first."
    )
    porteurs: conlist(Bearer, min_items=1) = Field(
        ..., description="Who pays and who handles the request, payer first."
    )
    programmes_parents: list[Line] = Field(
        default_factory=list, description="Parent programmes, e.g. FEDER 2021-2027."
    )
    url_source: Url | None = Field(None, description="The page an owner should open.")
    cibles: conlist(Target, min_items=1, unique_items=True) = Field(
        ["professionnels"], description="professionnels, associations."
    )
    eligibilite_geographique: conlist(Zone, min_items=1) = Field(
        ...,
        description="Where it holds: UE, PAYS-99100 for France, REG-53, DEP-29, EPCI-200068120, COM-29232.",
    )
    eligibilite_geographique_exclusions: list[Zone] = Field(
        default_factory=list, description="Where it does not, though inside."
    )
    date_ouverture: PartialDate | None = Field(None, description="First day, in quotes.")
    date_cloture: PartialDate | None = Field(
        None, description="Last day, in quotes; past it the scheme is shown as ended."
    )
    date_mise_a_jour: PartialDate = Field(
        ..., description="Day an editor last compared this record with its source, in quotes."
    )
    base_juridique: list[LegalBasis] = Field(
        default_factory=list, description="Legal texts, each with its link."
    )
    eligibilite_effectif_minimal: Headcount | None = Field(None, description="Fewest employees.")
    eligibilite_effectif_maximal: Headcount | None = Field(
        None, description="Most employees: « moins de 20 » is 19."
    )
    eligibilite_categorie_taille_entreprise: list[SizeCategory] = Field(
        default_factory=list,
        description=(
            "INSEE categories MIC, PME, ETI, GE; MIC and PME are two categories here, as in the "
            "national schema."
        ),
    )
    eligibilite_annees_existence_minimal: Years | None = Field(
        None, description="Fewest years since the firm was founded; 0.5 is six months."
    )
    eligibilite_forme_juridique: list[Line] = Field(
        default_factory=list, description="Legal forms admitted, empty for all."
    )
    eligibilite_forme_juridique_exclusions: list[Line] = Field(
        default_factory=list, description="Legal forms refused."
    )
    ciblage_secteur_activite: list[Line] = Field(
        default_factory=list,
        description="Activities admitted, in words declared in sectors.yml; empty for all.",
    )
    ciblage_naf: list[Naf] = Field(
        default_factory=list, description="Activities admitted, as NAF codes in quotes."
    )
    ciblage_naf_exclusions: list[Naf] = Field(
        default_factory=list, description="Activities refused, as NAF codes in quotes."
    )
    sector_exclusions: list[Line] = Field(
        default_factory=list, description="Activities refused, in words declared in sectors.yml."
    )
    chainage_paiement: Slug | None = Field(
        None, description="Id of the scheme whose payment is asked for here, where the two are split."
    )
    age_max_years: Years | None = Field(None, description="Most years since the firm was founded.")
    turnover_max: Euros | None = Field(None, description="Largest yearly turnover, in euros.")
    needs: conlist(Need, min_items=1, unique_items=True) = Field(
        ...,
        description=(
            "Needs it can pay for, most important first; grants or loans alone where it is of general use."
        ),
    )
    level: SchemeLevel = Field(
        ..., description="Size of the payer's territory; eu for European programmes run by a region."
    )
    narrow: StrictBool = Field(
        False,
        description=(
            "true when few very small firms can get it directly (R&D, European calls): shown after "
            "the others."
        ),
    )
    rural: StrictBool = Field(
        False,
        description="true when only firms of rural communes can get it: said first, and shown after the others.",
    )
    amounts: Amounts = Field(default_factory=Amounts, description="Rates, floors and caps.")
    cumulative_with: list[Line] = Field(
        default_factory=list, description="What it can be combined with, in words."
    )
    combined_with: list[Slug] = Field(
        default_factory=list,
        description="Ids of the schemes it can be combined with, where a source says so; in both records.",
    )
    combined_levels: list[SchemeLevel] = Field(
        default_factory=list,
        description="Levels of payer whose schemes it can be combined with: region for « aides régionales ».",
    )
    not_combined_with: list[Slug] = Field(
        default_factory=list,
        description="Ids of the schemes it cannot be combined with, where a source says so.",
    )
    not_combined_levels: list[SchemeLevel] = Field(
        default_factory=list, description="Levels of payer whose schemes it cannot be combined with."
    )
    public_aid_max_percent: Percent | None = Field(
        None,
        description="Share of the expense that all public aid together may not exceed, where a source says so.",
    )
    how_to_apply: list[Line] = Field(
        default_factory=list, description="Steps, in order, infinitive: « Déposer la demande en ligne »."
    )
    contacts: list[Slug] = Field(default_factory=list, description="Ids of the bodies to ask about it.")
    variant_of: Slug | None = Field(
        None,
        description="Id of the regional scheme of which this is the local version: where it holds, it stands instead.",
    )
    replaced_by: Slug | None = Field(None, description="Id of the scheme that took its place.")
    status: SchemeStatus = Field(
        ...,
        description=(
            "open: a source of 2024 or later says so, or it is permanent; ended: read; suspended: for"
            " a time; else unknown."
        ),
    )
    status_as_of: PartialDate | None = Field(
        None, description="Date of what was read about the status, in quotes."
    )

    @property
    def funder(self) -> str:
        """Return who pays, in words."""
        return ", ".join(bearer.nom for bearer in self.porteurs)
