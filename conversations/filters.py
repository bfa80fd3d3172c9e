"""What a list of conversations is narrowed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from conversations.digest_models import DigestRow
from conversations.facet_triggers import REQUESTED
from conversations.facets import facet, holds_all

Band = Literal["low", "middle", "high"]
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
        return [*self.held(DigestRow.facets), *self.period()]

    def held(self, column: Any) -> list[Any]:
        """Return the conditions on facets, which stand in `column`."""
        facets = [*self._values(), *self._flags()]
        return [holds_all(column, facets)] if facets else []

    def period(self) -> list[Any]:
        """Return the conditions on the moment."""
        found = []
        if self.since is not None:
            found.append(DigestRow.active_at >= self.since)
        if self.until is not None:
            found.append(DigestRow.active_at < self.until)
        return found

    def _values(self) -> list[str]:
        named = (
            "channel",
            "need",
            "departement",
            "region",
            "band",
            "request",
            "review",
            "reviewer",
            "tag",
            "model",
        )
        asked = {kind: getattr(self, kind) for kind in named}
        if self.request == ANY:
            asked["request"] = None
        return [facet(kind, value) for kind, value in asked.items() if value is not None]

    def _flags(self) -> list[str]:
        asked = {
            "doubtful": self.doubtful,
            "failed": self.failed,
            "thumb_down": self.thumb_down,
            REQUESTED: self.request == ANY,
        }
        return [kind for kind, wanted in asked.items() if wanted]
