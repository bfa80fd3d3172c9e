"""Asks owners whether a request was answered well: once, by a link that needs no login."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations import advisor_rows, handling_rows, request_reading
from conversations.handling_models import SatisfactionRow
from conversations.handling_views import ANSWERS, SatisfactionAnswer
from conversations.letters import Letters
from conversations.outbox import Outbox
from conversations.request_models import RequestRow
from conversations.tokens import new_token, token_hash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
MOST_WORDS = 500
# The kind of the mail.
SATISFACTION = "satisfaction"
PATH = "/avis/"


class Survey:
    """The question and its answers. `page` is the address of the assistant, empty where it is not known."""

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        outbox: Outbox,
        letters: Letters,
        posts: bool,
        page: str,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._outbox = outbox
        self._letters = letters
        self._posts = posts
        self._page = page

    def ask(self, session: Session, row: RequestRow) -> bool:
        """Ask the owner by e-mail, else where they talked with the assistant, within the caller's transaction.

        False where they were asked before, or cannot be.
        """
        if session.get(SatisfactionRow, row.id) is not None or not self._page:  # a link must lead somewhere
            return False
        token = new_token()
        asked = (
            self._mail(session, row, token) if self._posts and row.email else self._post(session, row, token)
        )
        if asked:
            session.add(
                SatisfactionRow(
                    request_id=row.id,
                    conversation_id=row.conversation_id,
                    token_hash=token_hash(token),
                    asked_at=self._clock(),
                )
            )
        return asked

    def reference(self, token: str) -> str | None:
        """Return the reference of the request that a link is about; None for a link that leads nowhere (any more)."""
        with self._transactions.read() as session:
            row = _row(session, token)
            return row and session.get(RequestRow, row.request_id).reference

    def answer(self, token: str, answer: SatisfactionAnswer, words: str = "") -> bool:
        """Keep an answer, in place of an earlier one; False where the link leads nowhere.

        Raises ValueError for an answer that is none.
        """
        if answer not in ANSWERS:
            raise ValueError(answer)
        with self._transactions.write() as session:
            row = _row(session, token)
            if row is None:
                return False
            first = row.answer is None
            row.answer, row.words, row.answered_at = answer, words.strip()[:MOST_WORDS] or None, self._clock()
            if first:
                handling_rows.tell(session, session.get(RequestRow, row.request_id), "judged", self._clock())
            return True

    def _mail(self, session: Session, row: RequestRow, token: str) -> bool:
        view = request_reading.request_view(session, row)
        mail = self._letters.satisfaction(view, f"{self._page}{PATH}{token}")
        self._outbox.put(session, mail, SATISFACTION, row.conversation_id, row.id)
        return True

    def _post(self, session: Session, row: RequestRow, token: str) -> bool:
        text = self._letters.in_conversation(
            "satisfaction", reference=row.reference, link=f"{self._page}{PATH}{token}"
        )
        card = {"type": "satisfaction", "id": row.reference}
        return advisor_rows.post(session, row.conversation_id, text, card, self._clock()) is not None


def _row(session: Session, token: str) -> SatisfactionRow | None:
    return session.scalar(select(SatisfactionRow).where(SatisfactionRow.token_hash == token_hash(token)))
