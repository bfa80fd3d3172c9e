"""What advisors do with groups of a shared expert: they look at them, write about them, and say how far they are."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations import interest_rows
from conversations.errors import UnknownGroup
from conversations.group_models import GroupNoteRow
from conversations.handling_views import Advisor
from conversations.interest_models import GroupRow
from conversations.interest_views import Group
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
GroupState = Literal["proposed", "taken", "formed", "dropped"]
STATES: tuple[GroupState, ...] = ("proposed", "taken", "formed", "dropped")
# Codes of the départements somebody serves; None for all.
Departements = Collection[str] | None


@dataclass(frozen=True)
class GroupNote:
    """What somebody wrote about a group, or the state that they set."""

    at: datetime
    name: str
    text: str | None
    state: GroupState | None


class GroupCare:
    """The groups within some départements. Raises UnknownGroup outside of them, RecordUnreachable as every service."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def all(self, departements: Departements) -> list[Group]:
        """Return the groups, the newest first."""
        newest = select(GroupRow).order_by(GroupRow.created_at.desc(), GroupRow.id)
        if departements is not None:
            newest = newest.where(GroupRow.departement.in_(sorted(departements)))
        with self._transactions.read() as session:
            return [interest_rows.group_view(session, row) for row in session.scalars(newest).all()]

    def find(self, departements: Departements, group_id: str) -> tuple[Group, list[GroupNote]]:
        """Return a group and what was written about it, the first first."""
        notes = select(GroupNoteRow).where(GroupNoteRow.group_id == group_id).order_by(GroupNoteRow.id)
        with self._transactions.read() as session:
            row = _found(session, departements, group_id)
            written = [
                GroupNote(each.at, each.name, each.text, each.state) for each in session.scalars(notes)
            ]
            return interest_rows.group_view(session, row), written

    def write(
        self,
        departements: Departements,
        group_id: str,
        advisor: Advisor,
        text: str = "",
        state: GroupState | None = None,
    ) -> None:
        """Add a note, set the state, or both; a group that is no proposal any more takes no further member.

        Raises ValueError for a state that is none.
        """
        if state is not None and state not in STATES:
            raise ValueError(state)
        with self._transactions.write() as session:
            row = _found(session, departements, group_id, held=True)
            changed = state if state != row.state else None
            if changed:
                row.state = changed
            if changed or text.strip():
                session.add(
                    GroupNoteRow(
                        group_id=row.id,
                        at=self._clock(),
                        account_id=advisor.account_id,
                        name=advisor.name,
                        text=text.strip() or None,
                        state=changed,
                    )
                )


def _found(session: Session, departements: Departements, group_id: str, held: bool = False) -> GroupRow:
    row = session.get(GroupRow, group_id, with_for_update=held or None)
    if row is None or (departements is not None and row.departement not in departements):
        raise UnknownGroup(group_id)
    return row
