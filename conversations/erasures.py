"""What owners had erased, by digest, so that a backup does not bring it back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conversations.privacy_models import ErasureRow, ReadRow
from conversations.request_models import RequestRow

CONVERSATION, INTEREST = "conversation", "interest"


@dataclass(frozen=True)
class Erasure:
    """That the thing of this digest was erased."""

    digest: str
    what: str
    at: datetime

    def to_line(self) -> str:
        """Return the erasure as one line of a list."""
        return f"{self.digest} {self.what} {self.at.isoformat(timespec='seconds')}"


def digest_of(subject_id: str) -> str:
    """Return the SHA-256 of an id. Ids are random (128 bits), so nobody guesses one back."""
    return hashlib.sha256(subject_id.encode()).hexdigest()


def note(session: Session, what: str, subject_id: str, now: datetime) -> None:
    """Write down that something is erased in this transaction."""
    note_digest(session, Erasure(digest_of(subject_id), what, now))


def note_digest(session: Session, erased: Erasure) -> None:
    """Write down an erasure that is known by its digest alone."""
    session.merge(ErasureRow(digest=erased.digest, what=erased.what, at=erased.at))


def hide_reads(session: Session, conversation_id: str) -> None:
    """Put digests in place of the ids of a conversation and of its requests in the log of who read what.

    To be called before the requests go.
    """
    mine = select(RequestRow.id).where(RequestRow.conversation_id == conversation_id)
    for subject_id in [conversation_id, *session.scalars(mine)]:
        hide_read(session, subject_id)


def hide_read(session: Session, subject_id: str) -> None:
    """Put the digest in place of an id in the log of who read what."""
    read = update(ReadRow).where(ReadRow.subject_id == subject_id)
    session.execute(read.values(subject_id=digest_of(subject_id)))


def noted(session: Session) -> list[Erasure]:
    """Return all erasures that are written down, the oldest first."""
    rows = session.scalars(select(ErasureRow).order_by(ErasureRow.at, ErasureRow.digest))
    return [Erasure(row.digest, row.what, row.at) for row in rows]


def parse(lines: Iterable[str]) -> list[Erasure]:
    """Return the erasures of a list as `Erasure.to_line` writes them; raises ValueError for any other line."""
    found = []
    for line in filter(str.strip, lines):
        digest, what, at = line.split()
        found.append(Erasure(digest, what, datetime.fromisoformat(at)))
    return found
