"""The web server around the portal."""

import socket

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp


class PortalServer(uvicorn.Server):
    """Uvicorn that ends the event streams first when it stops; otherwise it would wait for listeners."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._portal = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, let the turns under way finish, then stop."""
        self._portal.state.services.desk.bell.close()
        await super().shutdown(sockets)


def make_server(
    app: FastAPI, host: str, port: int, patience: float, served: ASGIApp | None = None
) -> PortalServer:
    """Return a server for `app`; turns under way get `patience` seconds when it stops.

    `served` is what it answers with where `app` is only a part of it.
    """
    config = uvicorn.Config(
        served or app,
        host=host,
        port=port,
        server_header=False,
        # Only the socket's own address counts: what a header says of it, anybody could have written.
        proxy_headers=False,
        # No WebSocket is served, and rasa's pin keeps a websockets release uvicorn cannot load.
        ws="none",
        # Our own lines say what was asked, without whole addresses (edge/request_log.py).
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=max(1, round(patience)),
    )
    return PortalServer(config, app)
