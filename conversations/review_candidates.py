"""What goes into training data: proposed by one person, approved by another."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from conversations.errors import UnknownConversation
from conversations.likeness import fold
from conversations.models import TurnRow
from conversations.review_errors import AlreadyDecided, AlreadyProposed, OwnProposal, UnknownCandidate
from conversations.review_events import note
from conversations.review_models import CandidateRow, ExportLineRow
from conversations.review_reading import entities_of
from conversations.review_views import (
    APPROVED,
    PROPOSED,
    REFUSED,
    WITHDRAWN,
    Candidate,
    CandidateState,
    Reading,
    Who,
)
from conversations.tokens import new_id
from conversations.transactions import Transactions

STANDING = (PROPOSED, APPROVED)


class Candidates:
    """Messages proposed for training, one short transaction a call.

    Every call raises RecordUnreachable when the database does not answer. That nobody decides on their own proposal is
    also a rule of the table itself.
    """

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def propose(self, turn_id: str, reading: Reading, who: Who) -> Candidate:
        """Propose what a turn says, in place of an earlier proposal about it that nobody has decided on.

        `reading.text` must name nobody. Raises UnknownConversation where the turn was erased, AlreadyProposed where the
        same words stand among the proposed or approved ones.
        """
        with self._transactions.write() as session:
            turn = session.get(TurnRow, turn_id)
            if turn is None:
                raise UnknownConversation(turn_id)
            self._make_room(session, turn_id, reading)
            row = CandidateRow(
                id=new_id(),
                conversation_id=turn.conversation_id,
                turn_id=turn.id,
                text=reading.text,
                folded=fold(reading.text),
                label=reading.label,
                needs=list(reading.needs),
                about=reading.about,
                entities=[each.to_dict() for each in reading.entities],
                state=PROPOSED,
                proposed_by=who.account_id,
                proposed_name=who.name,
                proposed_at=self._clock(),
            )
            session.add(row)
            note(session, turn.conversation_id, "proposed", who, self._clock(), turn_id=turn.id)
            return candidate_view(row)

    def approve(self, candidate_id: str, who: Who) -> Candidate:
        """Let the message into training data. Raises as `_decide` does."""
        return self._decide(candidate_id, APPROVED, who, None)

    def refuse(self, candidate_id: str, who: Who, reason: str) -> Candidate:
        """Keep the message out, and say why. Raises ValueError without a reason, and as `_decide` does."""
        if not reason.strip():
            raise ValueError("a refusal needs a reason")
        return self._decide(candidate_id, REFUSED, who, reason.strip())

    def withdraw(self, candidate_id: str, who: Who) -> Candidate:
        """Take back a proposal of one's own. Raises OwnProposal for somebody else's, and as `_decide` does."""
        with self._transactions.write() as session:
            row = _waiting(session, candidate_id)
            if row.proposed_by != who.account_id:
                raise OwnProposal(candidate_id)
            row.state = WITHDRAWN
            self._note(session, row, who)
            return candidate_view(row)

    def listed(self, *states: CandidateState, limit: int | None = None) -> list[Candidate]:
        """Return the candidates in these states, those that wait longest first."""
        wanted = select(CandidateRow).where(CandidateRow.state.in_(states))
        with self._transactions.read() as session:
            rows = session.scalars(wanted.order_by(CandidateRow.proposed_at, CandidateRow.id).limit(limit))
            return [candidate_view(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Return how many candidates are in each state."""
        wanted = select(CandidateRow.state, func.count()).group_by(CandidateRow.state)
        with self._transactions.read() as session:
            return dict(session.execute(wanted).all())

    def by_id(self, candidate_id: str) -> Candidate:
        """Return the candidate; raises UnknownCandidate."""
        with self._transactions.read() as session:
            return candidate_view(_found(session, candidate_id))

    def _decide(self, candidate_id: str, state: CandidateState, who: Who, reason: str | None) -> Candidate:
        """Write the decision of a second person.

        Raises UnknownCandidate, AlreadyDecided, and OwnProposal for the person who proposed it.
        """
        with self._transactions.write() as session:
            row = _waiting(session, candidate_id)
            if row.proposed_by == who.account_id:
                raise OwnProposal(candidate_id)
            row.state, row.reason = state, reason
            row.decided_by, row.decided_name, row.decided_at = who.account_id, who.name, self._clock()
            self._note(session, row, who, reason)
            return candidate_view(row)

    def _make_room(self, session: Session, turn_id: str, reading: Reading) -> None:
        mine = select(CandidateRow).where(CandidateRow.turn_id == turn_id, CandidateRow.state == PROPOSED)
        for row in session.scalars(mine.with_for_update()):
            row.state = WITHDRAWN
        session.flush()
        same = (CandidateRow.folded == fold(reading.text)) & CandidateRow.state.in_(STANDING)
        twin = session.scalar(select(CandidateRow.id).where(same).limit(1))
        if twin is not None:
            raise AlreadyProposed(twin)

    def _note(self, session: Session, row: CandidateRow, who: Who, reason: str | None = None) -> None:
        if row.conversation_id:
            note(session, row.conversation_id, row.state, who, self._clock(), reason, row.turn_id)


def candidate_view(row: CandidateRow) -> Candidate:
    """Return the candidate as a plain value."""
    reading = Reading(row.text, row.label, tuple(row.needs), row.about, entities_of(row.entities))
    decided = Who(row.decided_by, row.decided_name or "") if row.decided_by else None
    return Candidate(
        id=row.id,
        conversation_id=row.conversation_id,
        turn_id=row.turn_id,
        reading=reading,
        state=row.state,
        proposed_by=Who(row.proposed_by, row.proposed_name),
        proposed_at=row.proposed_at,
        decided_by=decided,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def outlive(session: Session, conversation_id: str) -> None:
    """Let the approved messages of a conversation stay when it goes by age: they name nobody, and no longer where they
    come from. The others go.
    """
    mine = CandidateRow.conversation_id == conversation_id
    session.execute(delete(CandidateRow).where(mine, CandidateRow.state != APPROVED))
    session.execute(update(CandidateRow).where(mine).values(conversation_id=None, turn_id=None))
    lines = update(ExportLineRow).where(ExportLineRow.conversation_id == conversation_id)
    session.execute(lines.values(conversation_id=None))


def _found(session: Session, candidate_id: str) -> CandidateRow:
    row = session.get(CandidateRow, candidate_id)
    if row is None:
        raise UnknownCandidate(candidate_id)
    return row


def _waiting(session: Session, candidate_id: str) -> CandidateRow:
    row = session.get(CandidateRow, candidate_id, with_for_update=True)
    if row is None:
        raise UnknownCandidate(candidate_id)
    if row.state != PROPOSED:
        raise AlreadyDecided(row.state)
    return row
