"""Who is calling: the conversation's token, from the Authorization header or the site's cookie."""

from typing import Annotated

from fastapi import Depends, Request, Response

from conversations.signing import OwnerTokens
from edge.origin import SAFE_METHODS, is_same_origin
from portal.problems import Problem

COOKIE = "boussole_conversation"
# Where an answer holds the token to use from now on.
TOKEN_HEADER = "Boussole-Token"


async def token_of(request: Request) -> str:
    """Return the token the caller shows, which may be that of no conversation any more.

    Raises UnknownConversation without any and for one that we never gave, and the 403 problem when another site uses
    the owner's cookie to change something. A bearer token cannot be sent unknowingly, so it is not asked where it
    comes from.
    """
    bearer = _bearer(request)
    token = request.cookies.get(COOKIE, "") if bearer is None else bearer
    # A forged token goes no further.
    tokens_of(request).read(token)
    if bearer is not None:
        return bearer
    if request.method not in SAFE_METHODS and not is_same_origin(request):
        raise Problem(403, "foreign_origin")
    return token


def tokens_of(request: Request) -> OwnerTokens:
    """Return what gives and reads the owners' tokens."""
    return request.app.state.services.desk.tokens


# Asked before the body is looked at: who may not call learns nothing of what a call should look like.
Token = Annotated[str, Depends(token_of)]


def give_cookie(request: Request, response: Response, token: str, secure: bool) -> None:
    """Put the token in the site's session cookie; another site's request gets none."""
    if is_same_origin(request):
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


def renew(request: Request, response: Response, token: str, secure: bool) -> None:
    """Hand a fresh token out in place of an older one: as a cookie where one came, else in a header of the answer."""
    fresh = tokens_of(request).renewed(token)
    if fresh is None:
        return
    if _bearer(request) is None:
        give_cookie(request, response, fresh, secure)
    else:
        response.headers[TOKEN_HEADER] = fresh


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
