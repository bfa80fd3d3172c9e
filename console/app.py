"""The console as an ASGI application of its own: the portal's server mounts it, or it stands on a private address."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from fastapi.responses import PlainTextResponse

from console import home, problems
from console.accounts import administration, link_routes, own_routes, provider_routes
from console.accounts import routes as accounts
from console.conversations import routes as logs
from console.models import routes as models
from console.needs import routes as needs
from console.pages import STATIC, Pages
from console.privacy import routes as privacy
from console.records import beginning, importing, upkeep, withdrawing
from console.records import routes as records
from console.requests import groups, live, troubles
from console.requests import routes as requests
from console.review import routes as review
from console.review.desk import REVIEWING
from console.sections import Section, include
from console.services import Services
from console.viewers import Role
from console.wording import load_wording
from edge.assets import HashedFiles
from edge.headers import BodyLimit, SecurityHeaders
from edge.lifespan import lifespan
from edge.paths import ReadablePaths
from edge.request_log import RequestLog

# Who answers owners; reviewers do their work without names.
ADVISING = (Role.ADVISOR, Role.ADMINISTRATOR)
# Every part, in the order of the navigation. What stands here is behind the login.
SECTIONS: tuple[Section, ...] = (
    Section("", home.router),
    Section("/demandes/groupes", groups.router, roles=ADVISING),
    Section("/demandes/conversation", live.router, roles=ADVISING),
    Section("/demandes/envois", troubles.router, roles=(Role.ADMINISTRATOR,)),
    Section(requests.PATH, requests.router, "Demandes", ADVISING),
    Section(logs.PATH, logs.router, "Conversations"),
    Section("/mon-compte", own_routes.router),
    Section("/relecture", review.router, "Relecture", REVIEWING),
    Section("/modeles", models.router, "Modèles", REVIEWING),
    Section("", accounts.signing_out),
    Section(f"{records.PATH}/importer", importing.router, roles=(Role.ADMINISTRATOR,)),
    Section(records.PATH, beginning.router),
    Section(records.PATH, withdrawing.router),
    Section(records.PATH, upkeep.router),
    Section(records.PATH, records.router, "Fiches"),
    Section(needs.PATH, needs.router, "Besoins"),
    Section("/comptes", administration.router, "Comptes", (Role.ADMINISTRATOR,)),
    Section(privacy.PATH, privacy.router, "Confidentialité", (Role.ADMINISTRATOR,)),
)
# What can be asked without a login, and nothing else: signing in.
OPEN: tuple[APIRouter, ...] = (accounts.router, link_routes.router, provider_routes.router)


def create_console(services: Services, sections: Sequence[Section] = SECTIONS) -> FastAPI:
    """Return the application over `services`; they are closed when it stops.

    Who mounts it must run `lifespan(app)`: a mounted application is not told when the server starts.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    files = HashedFiles(STATIC)
    app.state.services = services
    app.state.pages = Pages(f"/static/{files.digest}", load_wording(), sections)
    problems.install(app)
    for router in OPEN:
        app.router.routes.extend(router.routes)
    include(app, sections)
    app.mount("/static", files, name="static")
    app.add_middleware(
        BodyLimit, limit=services.body_limit, refuse=_too_large, wider={importing.PATH: importing.LARGEST}
    )
    app.add_middleware(ReadablePaths, refuse=_not_found)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


def _not_found() -> PlainTextResponse:
    _, detail = load_wording().problem("not_found")
    return PlainTextResponse(detail, 404)


def _too_large() -> PlainTextResponse:
    _, detail = load_wording().problem("too_large")
    return PlainTextResponse(detail, 413)
