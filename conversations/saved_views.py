"""Lists that an advisor comes back to: a name for the filters of an address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Text, UniqueConstraint, delete, select

from conversations.models import UtcDateTime, mapper_registry
from conversations.tokens import new_id
from conversations.transactions import Transactions

MOST_NAME, MOST_QUERY, MOST_VIEWS = 60, 2000, 40


class TooManyViews(Exception):
    """An account keeps no more saved views than this."""


@mapper_registry.mapped
class SavedViewRow:
    """One saved view of one account; `query` are the filters as an address carries them."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("account_id", "name", name="uq_saved_views_name"),)

    id = Column(String(32), primary_key=True)
    account_id = Column(String(64), nullable=False, index=True)
    name = Column(String(MOST_NAME), nullable=False)
    query = Column(Text, nullable=False)
    created_at = Column(UtcDateTime, nullable=False)


@dataclass(frozen=True)
class SavedView:
    """A name and the filters that it stands for."""

    id: str
    name: str
    query: str


class SavedViews:
    """The saved views, each account's own. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def of(self, account_id: str) -> list[SavedView]:
        """Return the views of an account, by name."""
        mine = select(SavedViewRow).where(SavedViewRow.account_id == account_id)
        with self._transactions.read() as session:
            rows = session.scalars(mine.order_by(SavedViewRow.name)).all()
            return [SavedView(row.id, row.name, row.query) for row in rows]

    def save(self, account_id: str, name: str, query: str) -> None:
        """Keep a view, in place of one of the same name.

        Raises ValueError for a name or a query that is empty or too long, TooManyViews when there are enough.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= MOST_NAME or len(query) > MOST_QUERY:
            raise ValueError("a saved view has a short name")
        mine = select(SavedViewRow).where(SavedViewRow.account_id == account_id)
        with self._transactions.write() as session:
            held = {row.name: row for row in session.scalars(mine.with_for_update())}
            if name in held:
                held[name].query = query
            elif len(held) >= MOST_VIEWS:
                raise TooManyViews
            else:
                row = SavedViewRow(id=new_id(), account_id=account_id, name=name, query=query)
                row.created_at = self._clock()
                session.add(row)

    def drop(self, account_id: str, view_id: str) -> bool:
        """Delete a view of this account; False where it has none of that id."""
        mine = (SavedViewRow.id == view_id) & (SavedViewRow.account_id == account_id)
        with self._transactions.write() as session:
            return session.execute(delete(SavedViewRow).where(mine)).rowcount > 0

    def drop_all(self, account_id: str) -> None:
        """Delete all views of an account that is no more."""
        with self._transactions.write() as session:
            session.execute(delete(SavedViewRow).where(SavedViewRow.account_id == account_id))
