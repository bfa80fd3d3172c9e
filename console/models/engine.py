"""The dialogue engine as the models' pages see it: which model it has loaded, and to load another one."""

from pathlib import Path
from typing import Protocol

import httpx

# Loading a model takes rasa a few seconds, in which it answers nobody; more on a busy machine.
LOADING_SECONDS = 120.0
ASKING_SECONDS = 2.0


class EngineAway(Exception):
    """The engine does not answer."""


class ModelRefused(Exception):
    """The engine could not load the model, and goes on with the one it had."""


class Engine(Protocol):
    """Loads models while it goes on answering."""

    def load(self, model: Path) -> None:
        """Load `model` in place of the present one; raises EngineAway or ModelRefused."""

    def loaded(self) -> str | None:
        """Return the file name of the model that answers now, None where the engine does not say."""


class RasaEngine:
    """rasa over its HTTP API (`PUT /model`, `GET /status`), on the machine that has the model files."""

    def __init__(self, url: str, token: str = "", transport: httpx.BaseTransport | None = None) -> None:
        self._url, self._transport = url, transport
        self._token = {"token": token} if token else {}

    def load(self, model: Path) -> None:
        """Load `model`; rasa keeps the present one where it cannot, and waits with messages meanwhile."""
        try:
            with self._client(LOADING_SECONDS) as client:
                answer = client.put("/model", params=self._token, json={"model_file": str(model)})
        except httpx.HTTPError as error:
            raise EngineAway(type(error).__name__) from None
        if answer.status_code != httpx.codes.NO_CONTENT:
            raise ModelRefused(str(answer.status_code))

    def loaded(self) -> str | None:
        """Ask rasa; a machine that is away is no error of the page."""
        try:
            with self._client(ASKING_SECONDS) as client:
                answer = client.get("/status", params=self._token)
            return Path(str(answer.json()["model_file"])).name if answer.is_success else None
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return None

    def _client(self, seconds: float) -> httpx.Client:
        return httpx.Client(base_url=self._url, timeout=seconds, transport=self._transport)
