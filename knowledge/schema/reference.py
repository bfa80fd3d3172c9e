"""What the whole content shares: `sectors.yml`."""

from pydantic import Field, root_validator

from knowledge.codes import Trade
from knowledge.fields import Country, Line, Naf, PartialDate
from knowledge.schema.base import Headcount, Strict
from knowledge.schema.guidance_codes import Home


class Sector(Strict):
    """An activity in the words of schemes, and the NAF codes it stands for."""

    label: Line = Field(..., description="The words schemes use, lower case, e.g. « commerce de détail ».")
    naf: list[Naf] = Field(
        default_factory=list,
        description="NAF codes of this activity, in quotes; empty where no code says it (« artisanat »).",
    )


class TradeRule(Strict):
    """Which chamber a trade, a NAF division or a headcount points to."""

    trade: Trade = Field(..., description="craft, commerce, or liberal: neither.")
    words: list[Line] = Field(
        default_factory=list, description="Trades in words, singular: « fleuriste »; whatever the NAF code."
    )
    naf: list[Naf] = Field(
        default_factory=list,
        description="Divisions or sections, in quotes; with no word either: any activity, known or not.",
    )
    headcount_min: Headcount | None = Field(
        None, description="From this number of employees on, where the rule has a limit."
    )
    headcount_max: Headcount | None = Field(
        None, description="Up to this number of employees, where the rule has a limit."
    )

    @root_validator(skip_on_failure=True)
    def says_when(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse a rule that would hold for everybody."""
        if not values["words"] and not values["naf"] and values["headcount_min"] is None:
            raise ValueError("a rule needs `words`, `naf` or `headcount_min`")
        return values


class Reference(Strict):
    """What the whole content shares: `sectors.yml`."""

    sectors: list[Sector]
    trades: list[TradeRule]
    european_union: list[Country] = Field(..., description="Member States, ISO 3166-1 alpha-2.")
    outermost: list[Line] = Field(
        default_factory=list, description="Overseas départements and collectivities inside the Union."
    )
    overseas: list[Line] = Field(default_factory=list, description="Overseas collectivities outside it.")
    source: Line
    as_of: PartialDate

    @property
    def homes(self) -> dict[str, Home]:
        """Return what each overseas territory is to the Union, by its code."""
        inside = dict.fromkeys(self.outermost, Home.OUTERMOST)
        return inside | dict.fromkeys(self.overseas, Home.OVERSEAS)
