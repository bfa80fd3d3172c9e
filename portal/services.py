"""Everything the portal's routes need, made in one place and handed to them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request

from conversations.opinions import Opinions
from conversations.satisfaction import Survey
from portal.channels.switchboard import Channels
from portal.directory.desk import DirectoryDesk
from portal.limits import AddressLimiter, OpeningLimiter
from portal.metrics import Metrics
from portal.places import Places
from portal.site import Site
from portal.turns import TurnDesk
from portal.wording import Wording

# Raises nothing: whatever goes wrong is False.
Probe = Callable[[], Awaitable[bool]]


async def _nothing() -> None:
    return


Chore = Callable[[], Awaitable[None]]


def _nobody(interest_id: str) -> bool:
    return False


@dataclass(frozen=True)
class Services:
    """The portal's collaborators.

    `probes` tell by name what must answer before the portal is ready; `heartbeat` is in seconds, `body_limit`
    in bytes, `body_seconds` how long a body may take; `site` is what the settings say of the site. Without a
    `directory` only the conversation is served.
    `leave_group` deletes the interest of an id and tells whether there was one; it raises RecordUnreachable.
    `survey` keeps what owners say of answered requests. `channels` are those for messages, if any; `widget_sites` are
    the origins of pages that may show the widget. `chores` run as long as the portal does, `close` is awaited when it
    stops.
    """

    desk: TurnDesk
    opinions: Opinions
    openings: OpeningLimiter
    senders: AddressLimiter
    places: Places
    wording: Wording
    metrics: Metrics
    probes: Mapping[str, Probe] = field(default_factory=dict)
    cookie_secure: bool = False
    heartbeat: float = 15.0
    body_limit: int = 64 * 1024
    body_seconds: float = 20.0
    today: Callable[[], date] = date.today
    site: Site = field(default_factory=Site)
    directory: DirectoryDesk | None = None
    leave_group: Callable[[str], bool] = _nobody
    survey: Survey | None = None
    chores: Sequence[Chore] = ()
    channels: Channels | None = None
    widget_sites: Sequence[str] = ()
    close: Callable[[], Awaitable[Any]] = _nothing


async def services_of(request: Request) -> Services:
    """Return the services the application was made with.

    Not a plain function, though it waits for nothing: those run on threads, where a later request
    may overtake an earlier one.
    """
    return request.app.state.services


Given = Annotated[Services, Depends(services_of)]
