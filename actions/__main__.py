"""Serve the actions on loopback: ``python -m actions``."""

import logging
import sys

from rasa_sdk.endpoint import create_app
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.bootstrap import get_services
from edge.logs import configure
from migrating.errors import FormProblem
from settings import get_settings

logger = logging.getLogger(__name__)


def action_failed(request: Request, error: Exception) -> HTTPResponse:
    """Answer an error of ours without the request, which holds what the owner wrote and would end in rasa's log."""
    logger.error("an action failed", exc_info=error)
    return json({"error": type(error).__name__}, status=500)


def main() -> None:
    """Open the knowledge base, so that a fault shows at start, then serve."""
    configure("actions")
    try:
        get_services()
    except FormProblem as error:
        sys.exit(str(error))
    app = create_app("actions", cors_origins="")
    app.error_handler.add(Exception, action_failed)
    app.run("127.0.0.1", get_settings().actions_port, access_log=False)


if __name__ == "__main__":
    main()
