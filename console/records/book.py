"""What the pages of records ask, and what it refuses told as the console tells it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
from sqlalchemy.engine import Engine

from console.errors import NotFound, Problem
from console.services import Services
from console.viewers import Viewer
from knowledge.editing.changes import Decided, Editor, NeedsAnother, NotTheirs, Outdated, Overtaken
from knowledge.editing.desk import EditingDesk
from knowledge.errors import StoreUnreachable
from knowledge.importing.public_only import PublicOnly
from knowledge.territories import Territories

# What each kind of record is called in addresses.
KINDS = {"organismes": "advisor", "aides": "scheme"}
PATHS = {kind: path for path, kind in KINDS.items()}
_CONFLICTS = {Decided: "decided", NeedsAnother: "needs_another", Overtaken: "overtaken", Outdated: "outdated"}


@dataclass(frozen=True)
class RecordBook:
    """The records of the knowledge base and the desk where they are changed; `today` is the present day.

    `imports` is the folder for files that are tried before they are imported, `web` the way to addresses.
    """

    desk: EditingDesk
    engine: Engine
    territories: Territories
    today: Callable[[], date]
    imports: Path
    web: httpx.BaseTransport = field(default_factory=PublicOnly)


def book_of(services: Services) -> RecordBook:
    """Return the records; without any, there is no such page."""
    if services.records is None:
        raise NotFound
    return services.records


def editor_of(viewer: Viewer) -> Editor:
    """Return who is signed in as somebody who changes records."""
    bodies = None if viewer.within is None else viewer.scope.bodies
    return Editor(viewer.account_id, viewer.name, bodies)


def kind_of(path: str) -> str:
    """Return the kind that an address names."""
    if path not in KINDS:
        raise NotFound
    return KINDS[path]


@contextmanager
def told() -> Iterator[None]:
    """Turn what the desk refuses into the console's problems."""
    try:
        yield
    except NotTheirs as error:
        raise NotFound from error
    except (Decided, NeedsAnother, Overtaken, Outdated) as error:
        raise Problem(409, _CONFLICTS[type(error)]) from error
    except StoreUnreachable as error:
        raise Problem(503, "knowledge_unreachable") from error
