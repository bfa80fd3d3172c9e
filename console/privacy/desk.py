"""What the privacy pages ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conversations.consents import Consents
from conversations.owner_erasure import OwnerErasure
from conversations.purging import Purge
from conversations.reading_log import ReadingLog


@dataclass(frozen=True)
class PrivacyDesk:
    """Deletion by age, who read what, what owners agreed to, erasures; `people` gives the names of accounts by id."""

    purge: Purge
    reads: ReadingLog
    consents: Consents
    erasures: OwnerErasure
    people: Callable[[], Mapping[str, str]]
