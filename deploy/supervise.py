"""Hands over to supervisord, which runs the processes, restarts one that dies and stops all together."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

from deploy.model import content_hash, rasa_environment
from portal.secret import turn_secret
from settings import ROOT, Settings

CONFIGURATION = ROOT / "deploy" / "supervisord.conf"


def process_environment(settings: Settings, model: Path) -> dict[str, str]:
    """Return the environment of the processes: `supervisord.conf`, `endpoints.yml`, `credentials.yml` read it."""
    token = settings.rasa_token.get_secret_value() if settings.rasa_token else ""
    return rasa_environment() | {
        "BOUSSOLE_VAR": str(settings.var),
        "BOUSSOLE_SECRET": turn_secret(settings),
        "RASA_TOKEN": token,
        "PORTAL_PORT": str(settings.portal_port),
        "RASA_PORT": str(settings.rasa_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "ACTIONS_URL": settings.actions_url,
        "TRACKER_URL": settings.sql_url("tracker"),
        "MODEL": str(model),
        "MODEL_SOURCES": content_hash(ROOT),
        "PYTHON": sys.executable,
    }


def supervisor_command() -> list[str]:
    """Return the command that supervises in the foreground, as the present user and without its own chatter."""
    user = pwd.getpwuid(os.getuid()).pw_name
    program = Path(sys.executable).with_name("supervisord")
    return [str(program), "--nodaemon", "--silent", "--user", user, "--configuration", str(CONFIGURATION)]


def supervise(settings: Settings, model: Path) -> None:
    """Become supervisord; does not return."""
    (settings.var / "log").mkdir(parents=True, exist_ok=True)
    command = supervisor_command()
    os.chdir(ROOT)
    os.execve(command[0], command, process_environment(settings, model))
