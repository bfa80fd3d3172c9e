"""An erasure that an owner asked for otherwise than in the conversation: by letter, by telephone, with a reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine

from conversations import interest_rows, passages, store
from conversations.erasing import Erased, erase, found, traces
from conversations.errors import UnknownRequest
from conversations.models import ConversationRow
from conversations.references import read_reference
from conversations.request_reading import find
from conversations.strangers import Strangers
from conversations.transactions import Transactions


@dataclass(frozen=True)
class Erasable:
    """What stands under the reference of a request, and would be erased.

    `spoken` tells whether the conversation is there still; `made_at` is when the request was made, `recipient` who
    received it and may hold a copy.
    """

    reference: str
    request_id: str
    conversation_id: str
    made_at: datetime
    recipient: str
    spoken: bool
    holds: Erased


class OwnerErasure:
    """Erasures by reference. Calls raise RecordUnreachable, and UnknownRequest where no request has the reference."""

    def __init__(self, record: Engine, strangers: Strangers, clock: Callable[[], datetime]) -> None:
        self._transactions = Transactions(record)
        self._strangers = strangers
        self._clock = clock

    def look(self, text: str) -> Erasable:
        """Return what stands under the reference that a text holds."""
        reference = read_reference(text)
        with self._transactions.read() as session:
            row = find(session, reference) if reference else None
            if row is None:
                raise UnknownRequest(text)
            spoken = session.get(ConversationRow, row.conversation_id) is not None
            holds = found(session, row.conversation_id, self._clock())
            return Erasable(
                reference=row.reference,
                request_id=row.id,
                conversation_id=row.conversation_id,
                made_at=row.created_at,
                recipient=row.recipient_name,
                spoken=spoken,
                holds=holds,
            )

    def erase(self, text: str) -> tuple[Erased, int]:
        """Erase everything of the conversation in which a request was made, from the dialogue engine first.

        Return what was removed, and in how many places a search finds something afterwards.
        """
        conversation_id = self.look(text).conversation_id
        self._strangers.forget(conversation_id)
        with self._transactions.write() as session:
            session.get(ConversationRow, conversation_id, with_for_update=True)
            removed = found(session, conversation_id, self._clock())
            interest_rows.leave(session, conversation_id, removed.at)
            erase(session, conversation_id, removed.at)
        passages.forget_deleted(self._transactions.engine)
        store.wipe_log(self._transactions.engine)
        self._strangers.wipe()
        with self._transactions.read() as session:
            return removed, traces(session, conversation_id)
