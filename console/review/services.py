"""Finds the review among the console's collaborators."""

from fastapi import Request
from fastapi.responses import RedirectResponse

from console.errors import NotFound
from console.review.desk import ReviewDesk
from console.services import Services


def desk_of(services: Services) -> ReviewDesk:
    """Return the review; without one there is no page of it."""
    if services.review is None:
        raise NotFound
    return services.review


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the console."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
