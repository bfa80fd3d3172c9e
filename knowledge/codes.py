"""Codes shared by the content, the store and the matching; `docs/decisions/0003-knowledge-format.md` says
why these.
"""

from enum import Enum


class Code(str, Enum):
    """A closed list of codes; a member is its own text."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def values(cls) -> list[str]:
        """Return every code of the list, in the order it is declared."""
        return [member.value for member in cls]


class Need(Code):
    """What an owner asks for."""

    WEBSITE = "website"
    ONLINE_STORE = "online_store"
    MARKETPLACE = "marketplace"
    VISIBILITY = "visibility"
    CONTRACTS_ABROAD = "contracts_abroad"
    CUSTOMS_VAT = "customs_vat"
    UNPAID_ABROAD = "unpaid_abroad"
    IP_ABROAD = "ip_abroad"
    SETUP_ABROAD = "setup_abroad"
    EXPORT_PROSPECTING = "export_prospecting"
    GRANTS = "grants"
    LOANS = "loans"
    BUSINESS_SOFTWARE = "business_software"
    E_INVOICING = "e_invoicing"
    PAYROLL = "payroll"
    CYBERSECURITY = "cybersecurity"
    SHARED_CDO = "shared_cdo"
    TRAINING = "training"
    DIAGNOSIS = "diagnosis"


ABROAD = frozenset(
    {
        Need.CONTRACTS_ABROAD,
        Need.CUSTOMS_VAT,
        Need.UNPAID_ABROAD,
        Need.IP_ABROAD,
        Need.SETUP_ABROAD,
        Need.EXPORT_PROSPECTING,
    }
)


# What a digital project is, for most owners: a scheme for one of these is of general use.
DIGITAL = frozenset({Need.WEBSITE, Need.ONLINE_STORE, Need.MARKETPLACE, Need.VISIBILITY})


class BodyKind(Code):
    """What sort of body an adviser is."""

    CCI = "cci"
    CCI_REGION = "cci_region"
    CMA = "cma"
    CMA_REGION = "cma_region"
    REGION = "region"
    BPIFRANCE = "bpifrance"
    BANQUE_DE_FRANCE = "banque_de_france"
    FRANCE_NUM = "france_num"
    TEAM_FRANCE_EXPORT = "team_france_export"
    BUSINESS_FRANCE = "business_france"
    CUSTOMS = "customs"
    TAX_OFFICE = "tax_office"
    URSSAF = "urssaf"
    COUNCIL = "council"  # of a département
    FRANCE_SERVICES = "france_services"
    CYBER = "cyber"
    TRAINING = "training"
    INCUBATOR = "incubator"
    ASSOCIATION = "association"
    BAR = "bar"
    NOTARY = "notary"
    EXPERT_ACCOUNTANT = "expert_accountant"
    PRIVATE_ADVISER = "private_adviser"
    OTHER = "other"


# Bodies of one network: a second one for the same territory is a neighbour, not another answer.
BRANCH_KINDS = frozenset({BodyKind.CCI, BodyKind.CMA, BodyKind.CUSTOMS})
FAMILY = {BodyKind.CCI_REGION: BodyKind.CCI, BodyKind.CMA_REGION: BodyKind.CMA}


class BodyLevel(Code):
    """How large the territory of a body is, nearest first."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    NATIONAL = "national"


class SchemeLevel(Code):
    """Who pays: how large the territory of the funder is, nearest first."""

    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    NATIONAL = "national"
    EU = "eu"


class Shown(Code):
    """Whether a body may be shown to owners."""

    ALWAYS = "always"
    LAST = "last"
    NEVER = "never"


class Trade(Code):
    """Which chamber an owner belongs to; `liberal` is neither."""

    CRAFT = "craft"
    COMMERCE = "commerce"
    LIBERAL = "liberal"


class Scope(Code):
    """Whose body it is, where the country's does not go without saying."""

    NATIONAL = "national"
    EUROPEAN = "european"
    INTERNATIONAL = "international"


class Cost(Code):
    """What the first help of a body costs."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


class Confidence(Code):
    """How a fact was read, surest first."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    DIRECTORY_2019 = "directory-2019"
    MEMORY = "memory"


class AidKind(Code):
    """What a scheme gives."""

    GRANT = "grant"
    TAX_CREDIT = "tax_credit"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    LEASING = "leasing"
    EQUITY = "equity"
    INSURANCE = "insurance"
    TRAINING = "training"
    ADVISORY = "advisory"


GRANT_LIKE = frozenset({AidKind.GRANT, AidKind.TAX_CREDIT})
LOAN_LIKE = frozenset({AidKind.LOAN, AidKind.GUARANTEE, AidKind.LEASING, AidKind.EQUITY})


class SchemeStatus(Code):
    """Whether a scheme takes requests."""

    OPEN = "open"
    UNKNOWN = "unknown"
    SUSPENDED = "suspended"
    ENDED = "ended"


class RateOf(Code):
    """What a rate is a share of."""

    EXPENSE = "expense"
    LOAN = "loan"
    LOSS = "loss"


class SizeCategory(Code):
    """INSEE size categories, as the national schema names them."""

    MIC = "MIC"
    PME = "PME"
    ETI = "ETI"
    GE = "GE"


class Target(Code):
    """Who may ask (`cibles` of the national schema)."""

    PROFESSIONALS = "professionnels"
    INDIVIDUALS = "particuliers"
    ASSOCIATIONS = "associations"
    PUBLIC = "secteur public"


class Role(Code):
    """What a body does in a scheme (`porteurs.roles` of the national schema)."""

    FINANCEUR = "financeur"
    INSTRUCTEUR = "instructeur"
