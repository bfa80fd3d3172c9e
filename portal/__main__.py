"""Serve the portal: ``python -m portal``."""

import sys

from edge.logs import configure
from knowledge.errors import EmptyStore
from migrating.errors import FormProblem
from portal.bootstrap import open_portal
from portal.server import make_server
from settings import get_settings

# Seconds beyond the turn's timeout, in which its answer is written.
WRITING_SECONDS = 3


def main() -> None:
    """Run the portal until it is stopped.

    Exits with 1 when there is no knowledge base to answer from, or the record is of a later program.
    """
    settings = get_settings()
    configure("portal")
    try:
        app = open_portal(settings)
    except EmptyStore as error:
        sys.exit(f"the knowledge base is empty ({error}): run `python -m knowledge load` first")
    except FormProblem as error:
        sys.exit(str(error))
    patience = settings.turn_timeout + WRITING_SECONDS
    make_server(app, settings.portal_host, settings.portal_port, patience).run()


if __name__ == "__main__":
    main()
