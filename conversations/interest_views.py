"""What the shared digital officer hands out: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

InterestState = Literal["waiting", "grouped", "apart"]
# Waits for others; is in a group; waits again, since the group has fallen apart.
WAITING: InterestState = "waiting"
GROUPED: InterestState = "grouped"
APART: InterestState = "apart"
# A group that no advisor has taken up yet; only such a one takes further members.
PROPOSED = "proposed"


@dataclass(frozen=True)
class Wish:
    """What an owner wants to share and agreed to leave.

    `skills` are codes of the form, none where the owner leaves it open; `days` are those of a month; `division` and
    `trade` say the activity as far as it is known; `consent` is the text that was agreed to, word for word.
    """

    departement: str
    place_level: str
    place_code: str
    place_name: str
    skills: Sequence[str]
    days: float
    email: str
    consent: str
    division: str | None = None
    trade: str | None = None


@dataclass(frozen=True)
class Interest:
    """A wish that is registered; `group_size` counts the firms of its group, 0 where it has none."""

    id: str
    conversation_id: str
    wish: Wish
    state: InterestState
    group_id: str | None
    group_size: int
    consent_at: datetime
    told_at: datetime | None


@dataclass(frozen=True)
class Group:
    """Firms that could share an expert: `skills` are those that all of them want, `days` the sum of theirs."""

    id: str
    departement: str
    state: str
    skills: tuple[str, ...]
    days: float
    members: tuple[Interest, ...]
    created_at: datetime
