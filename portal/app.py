"""The portal as an ASGI application."""

from fastapi import FastAPI

from edge.assets import HashedFiles
from edge.compression import Compression
from edge.headers import BodyLimit, SecurityHeaders
from edge.lifespan import lifespan
from edge.paths import ReadablePaths
from edge.request_log import RequestLog
from portal import (
    about,
    api,
    developers,
    health,
    leaving,
    opinions,
    page,
    plain,
    printing,
    satisfaction,
    widget,
)
from portal.channels import intake
from portal.channels.switchboard import BODY_LIMIT
from portal.cross_origin import FOR_ALL, CrossOrigin
from portal.directory import routes as directory
from portal.problems import ProblemBook
from portal.services import Services


def create_app(services: Services) -> FastAPI:
    """Return the application over `services`; they are closed when it stops."""
    # The framework's own documentation pages load scripts from elsewhere.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    files = HashedFiles(page.STATIC, FOR_ALL, page.made_files())
    app.state.services = services
    app.state.pages = page.Pages(f"/static/{files.digest}", services.desk.message_limit, services.site)
    app.state.api = developers.describe(services.site.address, services.desk.message_limit)
    app.state.pages.add(api=app.state.api)
    book = ProblemBook(services.wording, services.body_limit, page.problem_page)
    book.install(app)
    for routes in (
        api,
        opinions,
        developers,
        printing,
        page,
        plain,
        widget,
        about,
        health,
        leaving,
        satisfaction,
        intake,
    ):
        # As they are: including them would have the framework look through every parameter once more.
        app.router.routes.extend(routes.router.routes)
    if services.directory:
        app.state.pages.add(words=services.directory.words)
        app.router.routes.extend(directory.router.routes)
    app.mount("/static", files, name="static")
    # No page holds a secret beside words that another site could have put there.
    app.add_middleware(Compression, streams=lambda path: path == api.EVENTS)
    wider = {"/webhooks/": BODY_LIMIT}
    app.add_middleware(
        BodyLimit,
        limit=services.body_limit,
        refuse=book.too_large,
        wider=wider,
        seconds=services.body_seconds,
    )
    app.add_middleware(ReadablePaths, refuse=book.not_found)
    if services.widget_sites:
        app.add_middleware(CrossOrigin, origins=services.widget_sites)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app
