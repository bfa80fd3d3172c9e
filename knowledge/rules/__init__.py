"""Rules that hold for every scheme, as data with source and day: size categories and legal forms."""

from knowledge.rules.legal_forms import LegalForms, legal_forms
from knowledge.rules.sizes import Size, sizes

__all__ = ["LegalForms", "Size", "legal_forms", "sizes"]
