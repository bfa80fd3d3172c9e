"""What the desk of changes hands out: who changes, a change, and what may stand in its way."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import Any

from knowledge.editing.models import ChangeRow

# How a body is reached, and where that was read: nobody knows it better than the body itself. All else decides whom it
# is shown to, where it stands among others, or how it presents itself, and is read by a second person.
OWN_FACTS = frozenset(
    {
        "phone",
        "email",
        "url",
        "hours",
        "siret",
        "languages",
        "source_url",
        "seen",
        "confidence",
        "editor_note",
    }
)


class State(str, Enum):
    """Where a change stands; the value is what is stored."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"
    DROPPED = "dropped"


class Act(str, Enum):
    """What a change does; the value is what is stored."""

    EDIT = "edit"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


OPEN = (State.DRAFT.value, State.PROPOSED.value)


@dataclass(frozen=True)
class Editor:
    """Who changes records: `bodies` are the ids of those they work for, None for whoever keeps all records."""

    id: str
    name: str
    bodies: frozenset[str] | None = frozenset()

    @property
    def keeps_all(self) -> bool:
        """Say whether all records are theirs to keep."""
        return self.bodies is None


@dataclass(frozen=True)
class Difference:
    """One field before and after, as JSON values; None where it is absent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One change of one record; `before` is None where the record is new, or is to be served again."""

    id: int
    kind: str
    slug: str
    before: dict[str, Any] | None
    record: dict[str, Any]
    fields: tuple[str, ...]
    note: str | None
    state: State
    author_id: str
    author_name: str
    made_at: datetime
    decided_by_id: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    act: Act = Act.EDIT

    @property
    def name(self) -> str:
        """Return the name of the body or the title of the scheme, as it is to be."""
        return self.record.get("name") or self.record.get("titre") or self.slug

    @property
    def is_open(self) -> bool:
        """Say whether nobody has decided yet."""
        return self.state.value in OPEN

    def differences(self) -> Iterator[Difference]:
        """Yield what differs, in the order of the fields of the change."""
        before = self.before or {}
        for name in self.fields:
            yield Difference(name, before.get(name), self.record.get(name))

    def is_own_fact(self, bodies: frozenset[str]) -> bool:
        """Say whether a body of `bodies` says something of itself that needs no second person."""
        edited = self.act is Act.EDIT and self.before is not None
        known = edited and self.kind == "advisor" and self.slug in bodies
        return known and OWN_FACTS.issuperset(self.fields)


class NotTheirs(LookupError):
    """The record is not there, or not this editor's to keep."""


class NothingChanged(ValueError):
    """What was sent says the same as what is served."""


class NeedsAnother(PermissionError):
    """The change is to be published by somebody else than who made it."""


class Overtaken(RuntimeError):
    """The record was changed meanwhile: what was proposed stands on an older one."""


class Decided(RuntimeError):
    """The change is not open any longer."""


class Outdated(RuntimeError):
    """Another record of ours was read later, and would be served all the same."""


def change_of(row: ChangeRow) -> Change:
    """Return what a row of the table stands for."""
    kept = (
        "id",
        "kind",
        "slug",
        "note",
        "author_id",
        "author_name",
        "decided_by_id",
        "decided_by_name",
        "reason",
    )
    return Change(
        **{name: getattr(row, name) for name in kept},
        before=json.loads(row.before) if row.before else None,
        record=json.loads(row.record),
        fields=tuple(row.fields),
        state=State(row.state),
        act=Act(row.act),
        made_at=_aware(row.made_at),
        decided_at=_aware(row.decided_at),
    )


def _aware(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=timezone.utc)
