"""The parts of the console: where each stands, who may open it, in the order of the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, FastAPI

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


def include(app: FastAPI, sections: Sequence[Section]) -> None:
    """Add the sections to `app`, each behind the login and its roles."""
    for section in sections:
        guards = [Depends(signed_in), Depends(only(*section.roles)), Depends(own_form)]
        app.include_router(section.router, prefix=section.path, dependencies=guards)
