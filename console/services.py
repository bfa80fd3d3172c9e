"""Everything the console's routes need, made in one place and handed to them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from console.access import Sessions
from console.accounts.desk import AccountDesk
from console.conversations.desk import LogDesk
from console.models.desk import ModelDesk
from console.privacy.desk import PrivacyDesk
from console.review.desk import ReviewDesk

if TYPE_CHECKING:
    from console.needs.book import NeedsBook
    from console.records.book import RecordBook
    from console.requests.book import RequestBook


async def _nothing() -> None:
    return


@dataclass(frozen=True)
class Services:
    """The console's collaborators.

    `accounts` is what signing in asks; without it, as in tests of other parts, nobody can. `records` are those of the
    knowledge base, `requests` those for advice, `needs` the counts of what owners need. `chores` run as long as the
    console does, `close` is awaited when it stops. `body_limit` is in bytes.
    """

    sessions: Sessions
    accounts: AccountDesk | None = None
    logs: LogDesk | None = None
    records: "RecordBook | None" = None
    needs: "NeedsBook | None" = None
    review: ReviewDesk | None = None
    models: ModelDesk | None = None
    requests: "RequestBook | None" = None
    privacy: PrivacyDesk | None = None
    chores: Sequence[Callable[[], Awaitable[None]]] = ()
    close: Callable[[], Awaitable[Any]] = _nothing
    body_limit: int = 64 * 1024
    cookie_secure: bool = False


async def services_of(request: Request) -> Services:
    """Return the services the application was made with."""
    return request.app.state.services


Given = Annotated[Services, Depends(services_of)]
