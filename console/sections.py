"""The parts of the console: where each stands, who may open it, in the order of the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from console.access import only, own_form, signed_in
from console.viewers import Role

EVERYBODY = tuple(Role)


@dataclass(frozen=True)
class Section:
    """One part; `path` begins all its addresses, `title` is what the navigation says (None: not listed there)."""

    path: str
    router: APIRouter
    title: str | None = None
    roles: Sequence[Role] = EVERYBODY

    @cached_property
    def guarded(self) -> tuple[BaseRoute, ...]:
        """The routes, behind the login and the roles.

        Made once: the framework looks through every parameter of every route, and through all models that there are
        for each of them.
        """
        guards = [Depends(signed_in), Depends(only(*self.roles)), Depends(own_form)]
        made = APIRouter()
        made.include_router(self.router, prefix=self.path, dependencies=guards)
        return tuple(made.routes)


def include(app: FastAPI, sections: Sequence[Section]) -> None:
    """Add the sections to `app`."""
    for section in sections:
        app.router.routes.extend(section.guarded)
