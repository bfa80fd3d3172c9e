"""Finds the review among the console's collaborators."""

from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.responses import RedirectResponse

from console.errors import NotFound
from console.review.desk import ReviewDesk
from console.services import Services
from conversations.review_masking import tidy

# Ids as the record gives them: a database need not be asked for anything else.
_ID = r"^[0-9A-Za-z_-]{1,64}$"
Id = Annotated[str, Path(pattern=_ID)]
OptionalId = Annotated[str | None, Query(pattern=_ID)]


def desk_of(services: Services) -> ReviewDesk:
    """Return the review; without one there is no page of it."""
    if services.review is None:
        raise NotFound
    return services.review


def plain(text: str) -> str:
    """Return what somebody typed on one line, without invisible characters."""
    return tidy(text)[0]


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the console."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
