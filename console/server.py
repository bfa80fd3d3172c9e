"""The web server around the console where it stands alone."""

import uvicorn
from fastapi import FastAPI

PATIENCE = 5


def make_server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    """Return a server for `app`; what is under way gets five seconds when it stops."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            server_header=False,
            # Only the socket's own address counts: what a header says of it, anybody could have written.
            proxy_headers=False,
            ws="none",
            # Our own lines say what was asked, without whole addresses: some are one-time links.
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=PATIENCE,
        )
    )
