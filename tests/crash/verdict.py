"""What the record, rasa's tracker store and the providers hold afterwards, against what owners sent."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conversations.channel_models import CorrespondentRow, InboundEventRow, OutgoingMessageRow
from conversations.digest_models import DigestRow
from conversations.models import BotMessageRow, TurnRow
from conversations.request_models import RequestRow
from portal.channels.addresses import AddressBook
from tests.crash.messengers import MessengerOwner
from tests.crash.owners import PageOwner, Sent

# What makes two requests of a conversation the same one.
SAME_REQUEST = ("conversation_id", "need", "name", "email", "phone", "moment", "summary")


@dataclass
class Findings:
    """Messages with which something went wrong, each named by conversation and text."""

    messages: int = 0
    lost: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    requests_twice: list[str] = field(default_factory=list)
    misfiled: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether every message was answered once, in order, and nothing else was done twice."""
        wrongs = (
            self.lost,
            self.unanswered,
            self.twice,
            self.disordered,
            self.strangers,
            self.requests_twice,
            self.misfiled,
        )
        return not any(wrongs)


@dataclass
class Evidence:
    """The databases after the run, opened; `heard` are rasa's events by conversation, in their order."""

    record: Engine
    tracker: Engine
    addresses: AddressBook

    def __post_init__(self) -> None:
        self.heard: dict[str, list[dict[str, Any]]] = defaultdict(list)
        with self.tracker.connect() as connection:
            for row in connection.execute(text("SELECT sender_id, data FROM events ORDER BY id")):
                self.heard[row.sender_id].append(json.loads(row.data))

    def judge(self, owners: Iterable[PageOwner | MessengerOwner]) -> Findings:
        """Compare every conversation with what its owner sent."""
        findings = Findings()
        with Session(self.record, future=True) as session:
            for owner in owners:
                self._conversation(session, owner, findings)
            rows = session.scalars(select(RequestRow)).all()
            same = Counter(tuple(getattr(row, name) for name in SAME_REQUEST) for row in rows)
            findings.requests_twice = [f"{key[0]}: {key[1]}" for key, count in same.items() if count > 1]
            findings.misfiled = list(_misfiled(session))
        return findings

    def _conversation(self, session: Session, owner: PageOwner | MessengerOwner, findings: Findings) -> None:
        expected = [(self._message_id(owner, sent), sent) for sent in owner.sent if sent.taken]
        findings.messages += len(expected)
        found = self._id(session, owner)
        turns = {row.message_id: row for row in _turns(session, found)}
        told = [_where(owner, sent) for message_id, sent in expected if message_id not in turns]
        findings.lost += told
        findings.strangers += [
            f"{found}: {row.text}" for key, row in turns.items() if key not in dict(expected)
        ]
        present = [(turns[key], sent) for key, sent in expected if key in turns]
        positions = []
        for row, sent in present:
            numbers = sorted(
                session.scalars(select(BotMessageRow.position).where(BotMessageRow.turn_id == row.id))
            )
            if row.state != "answered" or not numbers:
                findings.unanswered.append(f"{_where(owner, sent)} ({row.state}, {row.failure})")
            elif sent.answers - set(numbers) or self._answers_of_rasa(found, row.message_id) > 1:
                findings.twice.append(_where(owner, sent))
            positions.append((row.position, *numbers[:1]))
        heard = self._order_of_rasa(found, [row.message_id for row, _ in present])
        answers = [each[1] for each in positions if len(each) > 1]
        if not (_grows(positions) and _grows(answers) and _grows(heard)):
            findings.disordered.append(f"{found}: {positions} {heard}")

    def _id(self, session: Session, owner: PageOwner | MessengerOwner) -> str | None:
        if isinstance(owner, PageOwner):
            ids = [sent.message_id for sent in owner.sent]
            return session.scalar(select(TurnRow.conversation_id).where(TurnRow.message_id.in_(ids)).limit(1))
        channel = owner.network.channel
        mine = CorrespondentRow.digest == self.addresses.digest(channel, owner.address)
        return session.scalar(select(CorrespondentRow.conversation_id).where(mine))

    def _message_id(self, owner: PageOwner | MessengerOwner, sent: Sent) -> str:
        if isinstance(owner, PageOwner):
            return sent.message_id
        channel = owner.network.channel
        named = f"wamid.IN{sent.message_id}" if channel == "whatsapp" else sent.message_id
        return self.addresses.digest(channel, named)

    def _answers_of_rasa(self, conversation: str | None, message_id: str) -> int:
        """Return how many times rasa went through this message to an answer: each time changes what it remembers."""
        return sum(1 for key, said in _exchanges(self.heard[conversation]) if key == message_id and said)

    def _order_of_rasa(self, conversation: str | None, expected: Sequence[str]) -> list[int]:
        """Return the places, among those expected, of the messages that rasa answered, in its order."""
        places = {message_id: place for place, message_id in enumerate(expected)}
        return [places[key] for key, said in _exchanges(self.heard[conversation]) if said and key in places]


def waiting(record: Engine) -> int:
    """Return how many things the portal still has to do: turns, events and messages that wait."""
    with Session(record, future=True) as session:
        turns = select(TurnRow.id).where(TurnRow.state != "answered", TurnRow.message_id.is_not(None))
        events = select(InboundEventRow.id).where(InboundEventRow.state.in_(("received", "asking")))
        messages = select(OutgoingMessageRow.id).where(OutgoingMessageRow.state == "due")
        listing = select(TurnRow.id).where(TurnRow.unlisted.is_not(None))
        return sum(len(session.scalars(each).all()) for each in (turns, events, messages, listing))


def _misfiled(session: Session) -> Iterator[str]:
    """Yield the conversations of which lists do not say as many messages as their owners wrote."""
    said = select(TurnRow.conversation_id, func.count(TurnRow.position)).group_by(TurnRow.conversation_id)
    listed = dict(session.execute(select(DigestRow.conversation_id, DigestRow.turns)).all())
    for conversation, count in session.execute(said):
        if listed.get(conversation, 0) != count:
            yield f"{conversation}: {listed.get(conversation, 0)} of {count} messages listed"


def _turns(session: Session, conversation: str | None) -> Sequence[TurnRow]:
    mine = select(TurnRow).where(TurnRow.conversation_id == conversation, TurnRow.message_id.is_not(None))
    return session.scalars(mine).all()


def _exchanges(events: Sequence[dict[str, Any]]) -> Iterator[tuple[str | None, bool]]:
    """Yield each message that rasa took, and whether it said something to it."""
    current, said = None, False
    for event in events:
        if event["event"] == "user":
            if current:
                yield current, said
            current, said = event.get("message_id"), False
        elif event["event"] == "bot":
            said = True
    if current:
        yield current, said


def _grows(numbers: Sequence[Any]) -> bool:
    return all(one < other for one, other in zip(numbers, numbers[1:], strict=False))


def _where(owner: PageOwner | MessengerOwner, sent: Sent) -> str:
    name = owner.token[:6] if isinstance(owner, PageOwner) else f"{owner.network.channel} {owner.address}"
    return f"{name}: {sent.text[:60]!r}"
