"""What the assistant can tell beside whom to ask and what pays: costs, comparisons, obligations, payment,
definitions, other needs, figures. Pure look-ups; the owner of the records builds `Guidance` once.
"""

from knowledge.guidance.answers import Advice, Body, Compared, Fact, Obligation, Price, Referred, Side
from knowledge.guidance.library import Guidance

__all__ = ["Advice", "Body", "Compared", "Fact", "Guidance", "Obligation", "Price", "Referred", "Side"]
