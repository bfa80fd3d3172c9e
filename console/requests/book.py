"""What the pages of requests ask, and in whose name."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from console.errors import NotFound, Problem
from console.requests.routing import Bodies
from console.services import Services
from console.viewers import Viewer
from conversations.advising import Advising
from conversations.errors import (
    AlreadyTaken,
    NoAddress,
    NotCovered,
    NotTaken,
    RecordUnreachable,
    UnknownConversation,
    UnknownGroup,
    UnknownRequest,
)
from conversations.handling_views import Advisor, Case, Sight
from conversations.log import ConversationLog
from conversations.reading_log import ReadingLog
from conversations.request_views import NEW


@dataclass(frozen=True)
class RequestBook:
    """The collaborators. `served` gives the bodies that some account works for; `departements` are names by code and
    `regions` the départements of each région.
    """

    advising: Advising
    log: ConversationLog
    reads: ReadingLog
    bodies: Bodies
    served: Callable[[], frozenset[str]]
    clock: Callable[[], datetime]
    departements: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def sight(self, viewer: Viewer) -> Sight:
        """Return how far a viewer sees."""
        return Sight(viewer.account_id, viewer.within, self.served())

    def advisor(self, viewer: Viewer, case: Case | None = None) -> Advisor:
        """Return the viewer as who acts on a request: for the body it is for where that is one of theirs, else for
        their first.
        """
        mine = sorted(viewer.scope.bodies)
        meant = case.body_id if case and case.body_id in viewer.scope.bodies else None
        body = self.bodies.body(meant or mine[0]) if mine else None
        return Advisor(viewer.account_id, viewer.name, viewer.email, body and body.id, body and body.name)

    def departements_of(self, viewer: Viewer) -> frozenset[str] | None:
        """Return the départements that a viewer serves, those of their régions too; None for all."""
        if viewer.within is None:
            return None
        return viewer.within.departments.union(
            *(self.regions.get(each, ()) for each in viewer.within.regions)
        )

    def route(self) -> None:
        """Say where new requests belong that nobody said it of."""
        served = self.served()
        for request in self.advising.routes.open():
            self.advising.routes.settle(request, *self.bodies.meant(request, served))

    def waits(self, case: Case) -> float | None:
        """Return for how many seconds a request has waited for somebody to take it; None once one has."""
        return (self.clock() - case.waits_since).total_seconds() if case.request.status == NEW else None


def book_of(services: Services) -> RequestBook:
    """Return the requests of this console; raises NotFound where it has none."""
    if services.requests is None:
        raise NotFound
    return services.requests


@contextmanager
def told() -> Iterator[None]:
    """Translate what the record refuses into what a page says."""
    try:
        yield
    except (UnknownRequest, UnknownConversation, UnknownGroup):
        raise NotFound from None
    except AlreadyTaken as taken:
        raise Problem(409, "request_taken", who=taken.name, body=taken.body) from None
    except NotTaken:
        raise Problem(409, "request_not_taken") from None
    except NotCovered:
        raise Problem(409, "request_not_covered") from None
    except NoAddress as error:
        raise Problem(409, f"no_address_{error.why}") from None
    except ValueError:
        raise Problem(422, "invalid") from None
    except RecordUnreachable:
        raise Problem(503, "record_away") from None
