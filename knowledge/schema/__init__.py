"""What a record of the knowledge base is; each field's description is the editor's guide.

Bodies (`Advisor`) have a format of our own. Schemes (`Scheme`) follow the national schema
`dispositif-aide-professionnels` 0.2.0 (etalab/schema-dispositif-aide, Licence Ouverte 2.0): a field with a
French name is that schema's field and means what it means there; a field with an English name is ours.
Three differences, made again on export: lists are YAML lists and not texts separated by `|`, `eligibilite`
is a list with one criterion an item, and `types_aides` holds our `AidKind` codes.
"""

from knowledge.schema.advisor import Advisor
from knowledge.schema.guidance import (
    SECTIONS,
    Comparison,
    CostRange,
    PaymentAnswer,
    Referral,
    Statistic,
    Term,
)
from knowledge.schema.guidance_base import Answer, ContactPoint, Figure, GuidanceRecord
from knowledge.schema.guidance_rules import Application, Rule
from knowledge.schema.reference import Reference, Sector, TradeRule
from knowledge.schema.scheme import Amounts, Bearer, LegalBasis, Scheme, Slice, Tier

__all__ = [
    "SECTIONS",
    "Advisor",
    "Amounts",
    "Answer",
    "Application",
    "Bearer",
    "Comparison",
    "ContactPoint",
    "CostRange",
    "Figure",
    "GuidanceRecord",
    "LegalBasis",
    "PaymentAnswer",
    "Reference",
    "Referral",
    "Rule",
    "Scheme",
    "Sector",
    "Slice",
    "Statistic",
    "Term",
    "Tier",
    "TradeRule",
]
