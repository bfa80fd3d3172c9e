"""Tables of what advisors do with requests: where each belongs, who has taken it, what happened, how it ended."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Text

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class RequestRouteRow:
    """Where a request belongs: the body that it is for, its territory, and since when it waits there.

    `routed_at` is null until somebody who knows the bodies has said which one is meant. `shares_conversation` tells
    that the words agreed to let an advisor read the conversation.
    """

    __tablename__ = "request_routes"

    request_id = Column(ForeignKey("requests.id"), primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    body_id = Column(String(100), index=True)
    departement = Column(String(3), index=True)
    region = Column(String(3), index=True)
    waits_since = Column(UtcDateTime, nullable=False)
    routed_at = Column(UtcDateTime)
    shares_conversation = Column(Boolean, nullable=False, default=False)


@mapper_registry.mapped
class RequestHolderRow:
    """Who has taken a request, and for which body; it stays when the request is closed."""

    __tablename__ = "request_holders"

    request_id = Column(ForeignKey("requests.id"), primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    account_id = Column(String(64), nullable=False, index=True)
    name = Column(String(200), nullable=False)
    email = Column(String(320), nullable=False)
    body_id = Column(String(100), index=True)
    body_name = Column(String(300))
    taken_at = Column(UtcDateTime, nullable=False)
    replied_at = Column(UtcDateTime)
    reminders_sent = Column(Integer, nullable=False, default=0)


@mapper_registry.mapped
class RequestEventRow:
    """One thing that happened to a request. `account_id` is null where a program did it.

    `detail` holds what the kind needs (the status, the body handed on to); `mail_id` names the e-mail that it wrote.
    """

    __tablename__ = "request_events"

    id = Column(Integer, primary_key=True, autoincrement=True)
    request_id = Column(ForeignKey("requests.id"), nullable=False, index=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False)
    kind = Column(String(20), nullable=False)
    account_id = Column(String(64))
    name = Column(String(200))
    text = Column(Text)
    detail = Column(NullableJSON)
    mail_id = Column(String(32))


@mapper_registry.mapped
class SatisfactionRow:
    """The question whether a request was answered well: asked once, answered at most once.

    Of the link's token the hash is kept, beside what was written to the owner.
    """

    __tablename__ = "request_satisfactions"

    request_id = Column(ForeignKey("requests.id"), primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    token_hash = Column(String(64), nullable=False, unique=True)
    asked_at = Column(UtcDateTime, nullable=False)
    answer = Column(String(10))
    words = Column(Text)
    answered_at = Column(UtcDateTime)
