"""Becomes rasa with the model that answers owners: ``python -m deploy.engine``, in the environment of `deploy start`.

The promoted model may have changed since that start, so each start of rasa looks again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from conversations import model_pointer


def rasa_command(environment: Mapping[str, str]) -> list[str]:
    """Return rasa's command line; `environment` is that of deploy/supervise.py."""
    models = Path(environment["BOUSSOLE_VAR"]) / "models"
    promoted = model_pointer.serving(models, environment.get("MODEL_SOURCES", ""))
    command = [sys.executable, "-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1"]
    command += ["--port", environment["RASA_PORT"], "--model", str(promoted or environment["MODEL"])]
    command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    command += ["--logging-config-file", "deploy/rasa_logging.yml"]
    token = environment.get("RASA_TOKEN")
    return command + (["--auth-token", token] if token else [])


def main() -> None:
    """Become rasa; does not return."""
    command = rasa_command(os.environ)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
