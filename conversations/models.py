"""Tables of the record, portable between SQLite and PostgreSQL."""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

mapper_registry = registry()
metadata = mapper_registry.metadata

NullableJSON = JSON(none_as_null=True)


class UtcDateTime(TypeDecorator):
    """A moment: timezone-aware in Python, UTC in every database (SQLite keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return `value` in UTC; a naive moment is refused, since nobody could tell what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the stored moment as an aware UTC one."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


@mapper_registry.mapped
class ConversationRow:
    """One conversation of one owner on one channel."""

    __tablename__ = "conversations"

    id = Column(String(32), primary_key=True)
    token_hash = Column(String(64), nullable=False, unique=True)
    channel = Column(String(20), nullable=False)
    territory = Column(NullableJSON)
    created_at = Column(UtcDateTime, nullable=False)
    last_seen_at = Column(UtcDateTime, nullable=False, index=True)
    # Counts every message ever written here, so that no number is given twice, even for a replaced one.
    last_position = Column(Integer, nullable=False, default=0)


@mapper_registry.mapped
class TokenSerialRow:
    """Which token of a conversation was shown last, and since when; the one before it is good for a little longer.

    Conversations that began before tokens were signed have no row until their owner has a signed one.
    """

    __tablename__ = "token_serials"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    serial = Column(Integer, nullable=False)
    since = Column(UtcDateTime, nullable=False)


@mapper_registry.mapped
class TurnRow:
    """What an owner said once, and what was understood of it.

    `message_id` and `text` are null for the opening turn, `position` too: nobody spoke. `unlisted` is true from its
    answer on until lists and searches know of it (listing.py), else null.
    """

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id", name="uq_turns_message"),)

    id = Column(String(32), primary_key=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    message_id = Column(String(100))
    text = Column(Text)
    position = Column(Integer)
    state = Column(String(10), nullable=False)
    understood = Column(NullableJSON)
    model_id = Column(String(200))
    failure = Column(String(40))
    attempts = Column(Integer, nullable=False, default=0)
    received_at = Column(UtcDateTime, nullable=False, index=True)
    finished_at = Column(UtcDateTime)
    unlisted = Column(Boolean)


# Hardly any turn is in it, so that what is left can be looked up every few seconds.
Index(
    "ix_turns_unlisted",
    TurnRow.__table__.c.conversation_id,
    postgresql_where=text("unlisted IS NOT NULL"),
    sqlite_where=text("unlisted IS NOT NULL"),
)


@mapper_registry.mapped
class OpeningRow:
    """What the page that opened a conversation knew, kept until the bot has answered something there.

    A table of its own: the row goes as soon as the dialogue engine knows it too.
    """

    __tablename__ = "openings"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    turn_id = Column(ForeignKey("turns.id"), nullable=False)
    territory = Column(NullableJSON)
    need = Column(String(40))


@mapper_registry.mapped
class BotMessageRow:
    """One message of the bot; it belongs to the turn it answers."""

    __tablename__ = "bot_messages"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    turn_id = Column(ForeignKey("turns.id"), nullable=False, index=True)
    text = Column(Text, nullable=False)
    buttons = Column(NullableJSON)
    custom = Column(NullableJSON)
    at = Column(UtcDateTime, nullable=False)
