"""Rasa's SQL tracker store, which can also forget a conversation."""

from __future__ import annotations

import logging
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

logger = logging.getLogger(__name__)


class ErasableTrackerStore(SQLTrackerStore):
    """Keeps trackers in the database `host` names (an SQLAlchemy address) and erases them on request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engine.hide_parameters = True  # what owners write does not belong in a log
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _configure_sqlite)
            self.engine.dispose()

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
