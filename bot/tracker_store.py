"""Rasa's SQL tracker store, which can also forget a conversation, and tells what a turn asks of it without rebuilding
the conversation from its events.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)


@dataclass
class Saved:
    """The conversation as it was written last; None before it was."""

    tracker: DialogueStateTracker | None = None


_watching: ContextVar[Saved | None] = ContextVar("watching", default=None)


@contextmanager
def watch_saves() -> Iterator[Saved]:
    """Note what the calling task writes inside, so that it need not be read again; yield the place it is noted in."""
    saved = Saved()
    before = _watching.set(saved)
    try:
        yield saved
    finally:
        _watching.reset(before)


class ErasableTrackerStore(SQLTrackerStore):
    """Keeps trackers in the database `host` names (an SQLAlchemy address) and erases them on request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engine.hide_parameters = True  # what owners write does not belong in a log
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _configure_sqlite)
            self.engine.dispose()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new in `tracker`."""
        await super().save(tracker)
        if saved := _watching.get():
            saved.tracker = tracker

    def latest_message_id(self, sender_id: str) -> str | None:
        """Return the id of the latest message of the conversation `sender_id`; None where there is none, and while the
        database is away, when rasa goes on in memory.
        """
        event = self.SQLEvent
        of_owner = (event.sender_id == sender_id, event.type_name == UserUttered.type_name)
        latest = sa.select(event.data).where(*of_owner).order_by(event.id.desc()).limit(1)
        try:
            with self.engine.connect() as connection:
                data = connection.execute(latest).scalar()
        except sa.exc.SQLAlchemyError:
            logger.exception("the latest message of a conversation could not be read")
            return None
        return json.loads(data).get("message_id") if data else None

    async def forget(self, sender_id: str) -> None:
        """Erase every event of the conversation `sender_id`; an unknown one is no error."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                busy, *_ = connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
            if busy:
                logger.warning(
                    "the write-ahead log was busy: what was erased leaves it with the next checkpoint"
                )


def _configure_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer; what is deleted is overwritten."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
