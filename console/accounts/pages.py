"""What the routes of this subject share."""

import io

import segno
from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.accounts.desk import AccountDesk
from console.accounts.passwords import LONGEST, SHORTEST
from console.accounts.signing_in import Caller
from console.errors import NotFound
from console.services import Services

# What sentences about passwords are filled with.
LENGTHS = {"shortest": SHORTEST, "longest": LONGEST}


def desk_of(services: Services) -> AccountDesk:
    """Return the accounts; without any, there is nothing to sign in to."""
    if services.accounts is None:
        raise NotFound
    return services.accounts


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the console, to be opened anew."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)


def caller_of(request: Request) -> Caller:
    """Return what is known of the browser that asks."""
    return Caller(request.headers.get("user-agent", ""), request.client.host if request.client else None)


def picture(address: str) -> Response:
    """Return the square picture that an authenticator reads `address` from."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=5, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
