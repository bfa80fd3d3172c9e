"""Tables of requests for advice and of the mail that goes out, portable between SQLite and PostgreSQL."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Text

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class RequestRow:
    """One request for advice, as its owner agreed to pass it on.

    `conversation_id` is the sender that the dialogue engine knows. It is no foreign key: channels for tests have no
    conversation in the record.
    """

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_waiting", "status", "created_at", "id"),)

    id = Column(String(32), primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    reference = Column(String(16), nullable=False, unique=True)
    status = Column(String(20), nullable=False, index=True)
    need = Column(String(40))
    place = Column(NullableJSON)
    trade = Column(NullableJSON)
    headcount = Column(Integer)
    summary = Column(Text, nullable=False)
    name = Column(String(100))
    email = Column(String(320))
    phone = Column(String(20))
    moment = Column(String(200))
    recipient_id = Column(String(100), nullable=False)
    recipient_name = Column(String(300), nullable=False)
    recipient_email = Column(String(320))
    consent = Column(Text, nullable=False)
    consent_at = Column(UtcDateTime, nullable=False)
    created_at = Column(UtcDateTime, nullable=False, index=True)
    changed_at = Column(UtcDateTime, nullable=False, index=True)
    reminders_sent = Column(Integer, nullable=False, default=0)


@mapper_registry.mapped
class OutboxRow:
    """One e-mail to send. Its words are wiped once it has left for good or for ever failed."""

    __tablename__ = "outbox"

    id = Column(String(32), primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    request_id = Column(ForeignKey("requests.id"), index=True)
    kind = Column(String(20), nullable=False)
    recipient = Column(String(320), nullable=False)
    reply_to = Column(String(320))
    subject = Column(String(300), nullable=False)
    body = Column(Text, nullable=False)
    state = Column(String(10), nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    # When it may be tried (again); while it is being sent, when another sender may take it over.
    next_at = Column(UtcDateTime, nullable=False, index=True)
    created_at = Column(UtcDateTime, nullable=False)
    finished_at = Column(UtcDateTime)
    error = Column(String(200))
    # Whether the owner has been told that it failed.
    told = Column(Boolean, nullable=False, default=False)
