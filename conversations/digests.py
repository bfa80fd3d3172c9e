"""Digests of conversations: kept up to date with each turn, made again from the record when asked, with what is
searched.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from conversations import digest_rules as rules
from conversations import passages, store
from conversations.digest_models import (
    ConversationBodyRow,
    ConversationModelRow,
    ConversationNeedRow,
    DigestRow,
    FillingRow,
)
from conversations.models import ConversationRow, TurnRow
from conversations.statistics.models import SignRow
from conversations.transactions import Transactions
from conversations.views import Conversation

# Changes with what the digests mean; an older record is filled again when it is opened.
VERSION = 3
AT_ONCE = 50
REVIEW = ("review_state", "reviewer_id")
Owner = ConversationRow | Conversation
_TABLE = DigestRow.__table__
_DIGEST = select(_TABLE).where(_TABLE.c.conversation_id == bindparam("key"))
_CHANGE = update(_TABLE).where(_TABLE.c.conversation_id == bindparam("key"))


def finished(session: Session, owner: Owner | Row, *turns: TurnRow | Row) -> None:
    """Take what became of turns in their order, answers or failures, and at the first outcome of each what was said.

    A conversation has a digest from the first outcome of the owner's words on. Called in every turn: the row is read
    and written without the session, which knows nothing of it.
    """
    connection = session.connection()
    before = connection.execute(_DIGEST, {"key": owner.id}).first()
    if before is not None:
        row = DigestRow(**before._mapping)
        for turn in turns:
            _take(connection, row, owner, turn)
        changed = {
            name: getattr(row, name) for name, value in before._mapping.items() if getattr(row, name) != value
        }
        if changed:
            connection.execute(_CHANGE, {"key": owner.id, **changed})
    elif any(turn.position is not None for turn in turns):
        make(session, session.get(ConversationRow, owner.id))


def _take(connection: Connection, row: DigestRow, owner: Owner | Row, turn: TurnRow | Row) -> None:
    if turn.attempts == 1:
        rules.take_words(row, turn)
    rules.take_outcome(connection, row, owner, turn)


def make(session: Session, owner: ConversationRow) -> DigestRow | None:
    """Make the digest of a conversation from its turns, opinions and requests, in place of an earlier one.

    The review is left as it is, and out of it what waits to be listed (listing.py). Return None where nothing that its
    owner said has come to an outcome.
    """
    session.flush()
    mine = select(TurnRow).where(TurnRow.conversation_id == owner.id)
    turns = session.scalars(mine.order_by(TurnRow.received_at, TurnRow.position)).all()
    settled = [turn for turn in turns if turn.attempts and not turn.unlisted]
    if all(turn.position is None for turn in settled):
        return None
    row = _blank(session, owner)
    session.flush()
    for turn in settled:
        rules.take_words(row, turn)
        rules.take_outcome(session.connection(), row, owner, turn)
    session.flush()
    rules.take_opinions(session, owner.id)
    rules.take_requests(session, owner.id)
    session.flush()
    return row


class Digests:
    """The digests of a whole record. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def fill(self) -> int:
        """Make the digests that are missing, or all where they meant something else before; return how many.

        Does nothing where that was done, but make findable what advisors wrote before their words were searched.
        """
        with self._transactions.read() as session:
            filled = set(session.scalars(select(FillingRow.version)))
        if VERSION not in filled:
            return self._go_through(anew=bool(filled))
        with self._transactions.write() as session:
            passages.note_advisors(session)
        return 0

    def make_all(self) -> int:
        """Make all digests anew, and what is searched; return how many."""
        return self._go_through(anew=True)

    def _go_through(self, anew: bool) -> int:
        made = 0
        for ids in self._batches():
            with self._transactions.write() as session:
                made += sum(_settle(session, each, anew) for each in ids)
        with self._transactions.write() as session:
            # Several processes open a new record at the same moment; each would add the row.
            store.one_at_a_time(session.connection())
            session.merge(FillingRow(version=VERSION, at=self._clock()))
        return made

    def _batches(self) -> Iterator[list[str]]:
        last = ""
        while True:
            following = select(ConversationRow.id).where(ConversationRow.id > last)
            with self._transactions.read() as session:
                ids = list(session.scalars(following.order_by(ConversationRow.id).limit(AT_ONCE)))
            if not ids:
                return
            yield ids
            last = ids[-1]


def _blank(session: Session, owner: ConversationRow) -> DigestRow:
    """Add an empty digest, with the review of the earlier one."""
    before = session.get(DigestRow, owner.id)
    review = {name: getattr(before, name) for name in REVIEW} if before else {}
    if before:
        session.delete(before)
    for table in (SignRow, ConversationNeedRow, ConversationModelRow, ConversationBodyRow):
        held = select(table).where(table.conversation_id == owner.id)
        for each in session.scalars(held):
            session.delete(each)
    session.flush()
    row = rules.begin(session, owner)
    for name, value in review.items():
        setattr(row, name, value)
    return row


def _settle(session: Session, conversation_id: str, anew: bool) -> bool:
    """Make one digest; False where it is there already, nobody spoke, or the conversation is gone."""
    owner = session.get(ConversationRow, conversation_id, with_for_update=True)
    if owner is None or (not anew and session.get(DigestRow, conversation_id) is not None):
        return False
    waiting = update(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.unlisted.is_not(None))
    session.execute(waiting.values(unlisted=None))
    if make(session, owner) is None:
        return False
    passages.note_all(session, conversation_id)
    return True
