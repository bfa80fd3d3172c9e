"""The review of conversations: what people make of each turn, and how far they are."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conversations import review_queue
from conversations.digest_models import DigestRow, TagRow
from conversations.errors import UnknownConversation
from conversations.models import TurnRow
from conversations.review_errors import UnknownTurn
from conversations.review_events import events, note
from conversations.review_models import ReviewTurnRow
from conversations.review_views import (
    REVIEWED,
    HeardTurn,
    QueueItem,
    Reading,
    Standing,
    State,
    Verdict,
    Who,
)
from conversations.transactions import Transactions

LONGEST_TAG = 60


class Reviews:
    """Reviews, one short transaction a call; who and when is kept of each act.

    Every call raises RecordUnreachable when the database does not answer, UnknownConversation or UnknownTurn for what
    was erased.
    """

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def queue(self, state: State = "new", assigned_to: str | None = None, limit: int = 50) -> list[QueueItem]:
        """Return the conversations that a person should look at, the most urgent first.

        `assigned_to` narrows them to those of an account, or to those of nobody (`review_queue.NOBODY`).
        """
        with self._transactions.read() as session:
            return review_queue.waiting(session, state, assigned_to, limit)

    def turns(self, conversation_id: str) -> list[HeardTurn]:
        """Return what the owner said in a conversation, in order; none for one in which nobody spoke."""
        with self._transactions.read() as session:
            return review_queue.turns(session, conversation_id)

    def conversation_of(self, turn_id: str) -> str:
        """Return the conversation of an owner's turn."""
        with self._transactions.read() as session:
            return _spoken(session, turn_id).conversation_id

    def standing(self, conversation_id: str) -> Standing:
        """Return how far the review of a conversation is."""
        with self._transactions.read() as session:
            digest = _digest(session, conversation_id)
            tags = select(TagRow.tag).where(TagRow.conversation_id == conversation_id).order_by(TagRow.tag)
            return Standing(
                digest.review_state,
                tuple(session.scalars(tags)),
                digest.reviewer_id,
                events(session, conversation_id),
            )

    def correct(self, turn_id: str, verdict: Verdict, reading: Reading, who: Who, comment: str = "") -> None:
        """Keep what a person makes of a turn, in place of an earlier word; `reading.text` names nobody.

        The conversation counts as reviewed once none of its suspect turns is left without a word.
        """
        with self._transactions.write() as session:
            turn = _spoken(session, turn_id)
            session.merge(
                ReviewTurnRow(
                    turn_id=turn.id,
                    conversation_id=turn.conversation_id,
                    verdict=verdict,
                    text=reading.text,
                    intent=reading.label or None,
                    needs=list(reading.needs),
                    about=reading.about,
                    entities=[each.to_dict() for each in reading.entities],
                    comment=comment.strip() or None,
                    account_id=who.account_id,
                    account_name=who.name,
                    at=self._clock(),
                )
            )
            note(session, turn.conversation_id, verdict, who, self._clock(), reading.label, turn.id)
            session.flush()
            left = open_turns(review_queue.turns(session, turn.conversation_id))
            if not left:
                self._move(session, turn.conversation_id, REVIEWED, who)

    def move(self, conversation_id: str, state: State, who: Who) -> None:
        """Mark a conversation as new, for later or reviewed."""
        with self._transactions.write() as session:
            self._move(session, conversation_id, state, who)

    def assign(self, conversation_id: str, account_id: str | None, who: Who, name: str = "") -> None:
        """Say whose review a conversation is, None for nobody's; `name` is that of the account."""
        with self._transactions.write() as session:
            digest = _digest(session, conversation_id)
            if digest.reviewer_id != account_id:
                digest.reviewer_id = account_id
                note(session, conversation_id, "assigned", who, self._clock(), name or None)

    def tag(self, conversation_id: str, tags: Sequence[str], who: Who) -> None:
        """Give a conversation exactly these tags; blanks and repeated ones do not count."""
        wanted = {" ".join(each.split())[:LONGEST_TAG] for each in tags} - {""}
        with self._transactions.write() as session:
            _digest(session, conversation_id)
            mine = TagRow.conversation_id == conversation_id
            present = set(session.scalars(select(TagRow.tag).where(mine)))
            session.execute(delete(TagRow).where(mine, TagRow.tag.in_(present - wanted)))
            session.add_all(
                TagRow(conversation_id=conversation_id, tag=each) for each in sorted(wanted - present)
            )
            for what, changed in (("tagged", wanted - present), ("untagged", present - wanted)):
                for each in sorted(changed):
                    note(session, conversation_id, what, who, self._clock(), each)

    def _move(self, session: Session, conversation_id: str, state: State, who: Who) -> None:
        digest = _digest(session, conversation_id)
        if digest.review_state != state:
            digest.review_state = state
            note(session, conversation_id, "moved", who, self._clock(), state)


def open_turns(turns: Sequence[HeardTurn]) -> list[HeardTurn]:
    """Return the turns that a person should still look at: suspect ones without a word on them."""
    return [each for each in turns if each.suspect and each.correction is None]


def _spoken(session: Session, turn_id: str) -> TurnRow:
    row = session.get(TurnRow, turn_id)
    if row is None or row.position is None:
        raise UnknownTurn(turn_id)
    return row


def _digest(session: Session, conversation_id: str) -> DigestRow:
    row = session.get(DigestRow, conversation_id, with_for_update=True)
    if row is None:
        raise UnknownConversation(conversation_id)
    return row
