"""What advisors say, on its way to owners: the page is rung for it, messaging channels get it handed over."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from conversations import outgoing
from conversations.advisor_models import AdvisorMessageRow
from conversations.channel_models import CorrespondentRow
from conversations.channel_views import Caller
from conversations.models import BotMessageRow
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# For how long a message is news: longer than any transaction that writes one may last.
NEWS = timedelta(seconds=15)


@dataclass(frozen=True)
class Unrouted:
    """A message that has not been handed to its channel yet."""

    id: int
    caller: Caller
    text: str
    custom: dict[str, Any]


class AdvisorPost:
    """The messages of advisors. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def fresh(self) -> dict[int, str]:
        """Return the conversation of each message of the last seconds, by the message's id."""
        row = AdvisorMessageRow
        recent = select(row.id, row.conversation_id).where(row.at > self._clock() - NEWS)
        with self._transactions.read() as session:
            return dict(tuple(each) for each in session.execute(recent))

    def unrouted(self, channels: Collection[str]) -> list[Unrouted]:
        """Return what waits to be handed to one of these channels, in the order in which it was written."""
        row, said, owner = AdvisorMessageRow, BotMessageRow, CorrespondentRow
        waiting = select(row.id, said.text, said.custom, owner.conversation_id, owner.channel, owner.sealed)
        waiting = waiting.join(
            said, (said.conversation_id == row.conversation_id) & (said.position == row.position)
        ).join(owner, owner.conversation_id == row.conversation_id)
        waiting = waiting.where(row.routed.is_(False), owner.channel.in_(channels)).order_by(row.id)
        with self._transactions.read() as session:
            return [
                Unrouted(number, Caller(conversation_id, channel, sealed), text, custom or {})
                for number, text, custom, conversation_id, channel, sealed in session.execute(
                    waiting.limit(100)
                )
            ]

    def route(self, message: Unrouted, parts: Sequence[dict[str, Any]]) -> None:
        """Write the parts down to be sent, once, whoever else does the same."""
        with self._transactions.write() as session:
            row = session.get(AdvisorMessageRow, message.id, with_for_update=True)
            if row is not None and not row.routed:
                row.routed = True
                outgoing.put(session, message.caller, parts, self._clock())
