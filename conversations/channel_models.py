"""Tables of the messaging channels: who writes, what came in, what goes out. Portable between both databases."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class CorrespondentRow:
    """The owner of one conversation on one channel: the only place that holds their address, and it is sealed.

    `digest` is a keyed hash of the address, to find it by. The row goes with its conversation.
    """

    __tablename__ = "correspondents"
    __table_args__ = (UniqueConstraint("channel", "digest", name="uq_correspondents_digest"),)

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    channel = Column(String(20), nullable=False)
    digest = Column(String(64), nullable=False)
    sealed = Column(Text, nullable=False)
    # When the owner last wrote, by the earlier of the provider's clock and ours: some windows are counted from there.
    heard_at = Column(UtcDateTime, nullable=False)
    # When what waits may be looked at; null where nothing waits.
    due_at = Column(UtcDateTime, index=True)
    # Until when one worker has the conversation to itself.
    leased_until = Column(UtcDateTime)
    # When the owner was last told that answers are late; null once one has come.
    told_at = Column(UtcDateTime)


@mapper_registry.mapped
class SeenEventRow:
    """That an event of a provider has come in, by the keyed hash of its id: a repeat is dropped.

    It says nothing of whom it came from, so it may outlive an erasure: else a repeat would begin the erased
    conversation anew.
    """

    __tablename__ = "seen_events"

    channel = Column(String(20), primary_key=True)
    provider_id = Column(String(64), primary_key=True)
    at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class InboundEventRow:
    """One message of an owner, kept until it is answered; its words are then in the turn, and wiped here."""

    __tablename__ = "inbound_events"
    __table_args__ = (UniqueConstraint("channel", "provider_id", name="uq_inbound_provider"),)

    id = Column(Integer, primary_key=True, autoincrement=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    channel = Column(String(20), nullable=False)
    provider_id = Column(String(64), nullable=False)
    # What the provider calls the message, hashed: an edit names it again.
    reference = Column(String(64), index=True)
    # The provider's own order; without one, the order of arrival is that of the ids.
    rank = Column(BigInteger)
    kind = Column(String(10), nullable=False)
    text = Column(Text, nullable=False)
    state = Column(String(10), nullable=False, index=True)
    attempts = Column(Integer, nullable=False, default=0)
    failure = Column(String(40))
    received_at = Column(UtcDateTime, nullable=False)
    acknowledged_at = Column(UtcDateTime)
    finished_at = Column(UtcDateTime)


@mapper_registry.mapped
class OutgoingMessageRow:
    """One message to an owner; the position in its conversation is that of the ids. Its words go once it has left."""

    __tablename__ = "outgoing_messages"
    __table_args__ = (Index("ix_outgoing_due", "state", "next_at"),)

    id = Column(Integer, primary_key=True, autoincrement=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    channel = Column(String(20), nullable=False)
    # Random, known to the provider too: says which message a report is about.
    name = Column(String(32), nullable=False, unique=True)
    body = Column(NullableJSON)
    state = Column(String(15), nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    next_at = Column(UtcDateTime, nullable=False)
    provider_id = Column(String(64), index=True)
    error = Column(String(200))
    created_at = Column(UtcDateTime, nullable=False)
    sent_at = Column(UtcDateTime)
    delivered_at = Column(UtcDateTime)
    finished_at = Column(UtcDateTime)
