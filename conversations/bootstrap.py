"""Opens the record: the one place where its database is chosen."""

from datetime import datetime, timezone

from conversations.log import Clock, ConversationLog
from conversations.models import metadata
from conversations.store import open_engine


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(timezone.utc)


def open_log(url: str, clock: Clock = utc_now) -> ConversationLog:
    """Open the record at `url` (SQLAlchemy address), making its tables where they are missing.

    Raises SQLAlchemyError when the database cannot be opened.
    """
    engine = open_engine(url)
    metadata.create_all(engine)
    return ConversationLog(engine, clock)
