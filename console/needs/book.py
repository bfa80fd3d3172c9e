"""What the page of needs asks."""

from dataclasses import dataclass

from console.errors import NotFound
from console.services import Services
from conversations.statistics.desk import Statistics
from knowledge.territories import Territories


@dataclass(frozen=True)
class NeedsBook:
    """The counts of the record, and the names of territories."""

    statistics: Statistics
    territories: Territories


def book_of(services: Services) -> NeedsBook:
    """Return the counts; without any, there is no such page."""
    if services.needs is None:
        raise NotFound
    return services.needs
