"""What stands before every page behind the login: a session, a role, and forms that are our own."""

import secrets
from collections.abc import Callable
from typing import Annotated, Protocol

from fastapi import Depends, Request

from console.errors import NotSignedIn, Problem
from console.viewers import Role, Viewer
from edge.origin import SAFE_METHODS, is_same_origin

COOKIE = "boussole_console"
FIELD, HEADER = "csrf", "X-CSRF-Token"
# Sent by the console's own script, which wants a piece of a page.
FRAGMENT = "X-Fragment"


class Sessions(Protocol):
    """Knows who holds a session."""

    def viewer(self, token: str, used: bool = True) -> Viewer | None:
        """Return who is signed in with this token, None where nobody is (any longer).

        `used` says whether somebody is there; a page that asks for what is new by itself does not keep a session alive.
        """


def signed_in(request: Request) -> Viewer:
    """Return who is signed in; raises NotSignedIn."""
    token = request.cookies.get(COOKIE)
    by_itself = request.method in SAFE_METHODS and FRAGMENT in request.headers
    viewer = request.app.state.services.sessions.viewer(token, used=not by_itself) if token else None
    if viewer is None:
        raise NotSignedIn
    request.state.viewer = viewer
    return viewer


Signed = Annotated[Viewer, Depends(signed_in)]


async def own_form(request: Request, viewer: Signed) -> None:
    """Let only forms of our own pages change something: by where they come from and by the session's token."""
    if request.method in SAFE_METHODS:
        return
    given = request.headers.get(HEADER) or (await request.form()).get(FIELD)
    if not is_same_origin(request) or not secrets.compare_digest(
        str(given or "").encode(), viewer.csrf.encode()
    ):
        raise Problem(403, "foreign_form")


def only(*roles: Role) -> Callable[[Viewer], None]:
    """Return a dependency that lets these roles pass and raises the 403 problem for others."""

    def admitted(viewer: Signed) -> None:
        if viewer.role not in roles:
            raise Problem(403, "forbidden")

    return admitted
