"""Who is calling: the conversation's token, from the Authorization header or the site's cookie."""

from typing import Annotated

from fastapi import Depends, Request, Response

from edge.origin import SAFE_METHODS, is_same_origin
from portal.problems import Problem, unknown_conversation

COOKIE = "boussole_conversation"


async def token_of(request: Request) -> str:
    """Return the token the caller shows, which may be that of no conversation.

    Raises the 401 problem without any, and the 403 problem when another site uses the owner's cookie to
    change something. A bearer token cannot be sent unknowingly, so it is not asked where it comes from.
    """
    bearer = _bearer(request)
    if bearer is not None:
        return bearer
    token = request.cookies.get(COOKIE)
    if not token:
        raise unknown_conversation()
    if request.method not in SAFE_METHODS and not is_same_origin(request):
        raise Problem(403, "foreign_origin")
    return token


# Asked before the body is looked at: who may not call learns nothing of what a call should look like.
Token = Annotated[str, Depends(token_of)]


def give_cookie(request: Request, response: Response, token: str, secure: bool) -> None:
    """Put the token in the site's session cookie; another site's request gets none."""
    if is_same_origin(request):
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


def take_cookie(response: Response, secure: bool) -> None:
    """Remove the cookie."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure, path="/")


def address_of(request: Request) -> str | None:
    """Return the address of the caller's socket; what a header says of it, anybody could have written."""
    return request.client.host if request.client else None


def _bearer(request: Request) -> str | None:
    """Return what stands after Bearer, None where there is no Authorization header."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
