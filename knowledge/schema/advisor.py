"""A body that advises small firms."""

from pydantic import Field, StrictBool, conlist, root_validator
from pydantic.errors import PydanticValueError

from knowledge.codes import BodyKind, BodyLevel, Confidence, Cost, Need, Scope, Shown, Trade
from knowledge.fields import Country, Email, Line, Naf, Phone, Siret, Slug, Url, Zone
from knowledge.schema.base import Headcount, Sourced


class NumberNobodyRead(PydanticValueError):
    """A phone or a mailbox stands in a record for which no page was read."""

    code = "unread_number"
    msg_template = "`confidence: memory` allows neither `phone` nor `email`"


class FirstForNoNeed(PydanticValueError):
    """First stops are named that are not among the needs."""

    code = "first_for"
    msg_template = "`first_for` names {missing}, which `needs` does not"


class Advisor(Sourced):
    """A body that advises small firms."""

    id: Slug = Field(
        ..., description="The name of the file without .yml, e.g. cci-29. Never changes once published."
    )
    name: Line = Field(
        ..., max_length=120, description="The name owners know, e.g. CCI Métropolitaine Bretagne Ouest."
    )
    kind: BodyKind = Field(..., description="What sort of body it is; decides the sentence that presents it.")
    level: BodyLevel = Field(
        ..., description="Size of its territory: commune, epci, departement, region or national."
    )
    territory: Line = Field(
        ...,
        description='INSEE code of its territory, in quotes: "29", "2A", "53"; SIREN of an EPCI; FR for the country.',
    )
    area: list[Zone] = Field(
        default_factory=list,
        description=(
            "Where it works, where that is not its whole territory: DEP-29, EPCI-200068120, COM-29232. "
            "Empty: its territory."
        ),
    )
    area_exclusions: list[Zone] = Field(
        default_factory=list, description="Where it does not work, though inside: COM-13004."
    )
    scope: Scope = Field(
        Scope.NATIONAL,
        description="european or international for a body that is not French, though its level is national.",
    )
    seat: Zone | None = Field(
        None,
        description=(
            "Where its office is, DEP-06 or COM-29232, where several such bodies share a territory: "
            "the nearest comes first."
        ),
    )
    needs: conlist(Need, min_items=1, unique_items=True) = Field(
        ..., description="Codes of the needs it answers, most important first. Only what it says it does."
    )
    first_for: list[Need] = Field(
        default_factory=list,
        description=(
            "Needs, among its own, for which it is a natural first stop; it is then shown before "
            "bodies that merely answer them."
        ),
    )
    general: StrictBool = Field(False, description="true when it receives any owner, whatever the need.")
    network_head: StrictBool = Field(
        False,
        description="true for the head of a network: shown late where one of its branches covers the place.",
    )
    trade: Trade | None = Field(
        None,
        description=(
            "craft for bodies of craftsmen (chambers of trades), commerce for those of traders, liberal for "
            "those of the professions; else nothing."
        ),
    )
    audience: Line = Field(
        ...,
        max_length=160,
        description="Whom it helps, as it says: « artisans », « TPE et PME », « toutes ».",
    )
    audience_naf: list[Naf] = Field(
        default_factory=list,
        description=(
            "NAF codes of the activities it mainly serves, in quotes; only used to order, empty for all."
        ),
    )
    headcount_min: Headcount | None = Field(
        None, description="Fewest employees of the firms it serves, where it has a limit."
    )
    headcount_max: Headcount | None = Field(
        None, description="Most employees of the firms it serves, where it has a limit."
    )
    services: Line = Field(
        ...,
        max_length=220,
        description=(
            "What it does for an owner: one plain sentence without a subject that begins with a verb,"
            " 8 to 25 words, full stop. E.g. « Reçoit gratuitement les entreprises pour leurs "
            "questions de douane. » No flattery, no promise."
        ),
    )
    cost: Cost = Field(..., description="free, paid or unknown: what the first help costs.")
    phone: Phone | None = Field(
        None,
        description=('Switchboard of the body, in quotes as dialled: "02 98 00 00 00". Never a person\'s.'),
    )
    email: Email | None = Field(None, description="Mailbox of the body. Never a person's.")
    url: Url | None = Field(
        None, description="The page an owner should open, contact page where there is one."
    )
    hours: Line | None = Field(
        None,
        max_length=120,
        description="Opening hours in words, e.g. « du lundi au vendredi, de 9 h à 17 h ».",
    )
    siret: Siret | None = Field(None, description="SIRET of the body, 14 digits in quotes.")
    directory_id: Line | None = Field(
        None,
        max_length=80,
        description="What the State's directory calls it, e.g. cci-29232-01: ties the record to imports.",
    )
    countries: list[Country] = Field(
        default_factory=list,
        description=(
            'Countries it deals with: "DE", "EU" for the Union, "*" for all; empty: not about a country.'
        ),
    )
    languages: list[Line] = Field(
        default_factory=list, description="Languages it answers in beside French, ISO 639-1."
    )
    shown: Shown = Field(
        Shown.ALWAYS,
        description="always; last: after all others; never: kept for editors until somebody has checked it.",
    )

    @root_validator(skip_on_failure=True)
    def shows_no_unread_number(cls, values: dict) -> dict:  # noqa: N805
        """Refuse a phone or mailbox nobody has read, and first stops that are not needs."""
        if values["confidence"] is Confidence.MEMORY and (values["phone"] or values["email"]):
            raise NumberNobodyRead()
        if missing := [need.value for need in values["first_for"] if need not in values["needs"]]:
            raise FirstForNoNeed(missing=", ".join(missing))
        return values
