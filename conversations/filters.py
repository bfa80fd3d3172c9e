"""What a list of conversations is narrowed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.sql import Select

from conversations.digest_models import ConversationModelRow, ConversationNeedRow, DigestRow, TagRow

Band = Literal["low", "middle", "high"]
# Below the first the assistant offers choices instead of an answer (config.yml); the second parts sure from so-so.
BANDS: dict[str, tuple[float, float]] = {"low": (0.0, 0.6), "middle": (0.6, 0.8), "high": (0.8, 1.01)}
ANY = "any"


@dataclass(frozen=True)
class Filters:
    """All must hold; None and False ask nothing.

    `since` is included, `until` is not; both are about the last message of either side. `need` was heard at any moment.
    `band` is about the owner's least understood message. `request` is a status of the last request, or "any".
    `reviewer` is an account's id.
    """

    since: datetime | None = None
    until: datetime | None = None
    channel: str | None = None
    need: str | None = None
    departement: str | None = None
    region: str | None = None
    band: Band | None = None
    doubtful: bool = False
    failed: bool = False
    thumb_down: bool = False
    request: str | None = None
    review: str | None = None
    reviewer: str | None = None
    tag: str | None = None
    model: str | None = None

    def conditions(self) -> list[Any]:
        """Return the conditions on `DigestRow`."""
        same = DigestRow.conversation_id
        beside = [
            select(table.conversation_id).where(table.conversation_id == same, column == value).exists()
            for table, column, value in self._beside()
        ]
        return [*self._plain(), *beside, *self._flags(), *self._period()]

    def narrow(self, found: Select) -> Select:
        """Return `found`, a statement over `DigestRow`, with the same conditions.

        What stands in tables of its own is joined, so that a rare need or tag may come first.
        """
        for table, column, value in self._beside():
            same = table.conversation_id == DigestRow.conversation_id
            found = found.join(table, same).where(column == value)
        return found.where(*self._plain(), *self._flags(), *self._period())

    def _plain(self) -> list[Any]:
        columns = {
            DigestRow.channel: self.channel,
            DigestRow.departement: self.departement,
            DigestRow.region: self.region,
            DigestRow.review_state: self.review,
            DigestRow.reviewer_id: self.reviewer,
        }
        return [column == value for column, value in columns.items() if value is not None]

    def _beside(self) -> list[tuple[Any, Any, str]]:
        """Return what stands in tables of its own: the table, its column, and the value asked for."""
        tables = (
            (ConversationNeedRow, ConversationNeedRow.need, self.need),
            (ConversationModelRow, ConversationModelRow.model_id, self.model),
            (TagRow, TagRow.tag, self.tag),
        )
        return [each for each in tables if each[2] is not None]

    def _flags(self) -> list[Any]:
        asked = {
            DigestRow.doubtful: self.doubtful,
            DigestRow.failed: self.failed,
            DigestRow.thumb_down: self.thumb_down,
        }
        return [column for column, wanted in asked.items() if wanted]

    def _period(self) -> list[Any]:
        found = []
        if self.since is not None:
            found.append(DigestRow.active_at >= self.since)
        if self.until is not None:
            found.append(DigestRow.active_at < self.until)
        if self.band is not None:
            least, less = BANDS[self.band]
            found += [DigestRow.lowest_confidence >= least, DigestRow.lowest_confidence < less]
        if self.request == ANY:
            found.append(DigestRow.request_status.is_not(None))
        elif self.request is not None:
            found.append(DigestRow.request_status == self.request)
        return found
