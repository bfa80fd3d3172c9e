"""The secret shared by the portal and rasa's portal channel."""

import os
import secrets
from pathlib import Path

from settings import Settings


def turn_secret(settings: Settings) -> str:
    """Return the operator's secret, or without one that of the file `secret` under `settings.var`."""
    given = settings.turn_secret.get_secret_value() if settings.turn_secret else ""
    return given or shared_secret(settings.var / "secret")


def shared_secret(file: Path) -> str:
    """Return the secret kept in `file`, made first if there is none; readable by its owner only.

    Two processes that start at once agree: the file is written apart, then linked in place by the first.
    """
    if file.exists() and not file.stat().st_size:  # left empty by a full disk
        file.unlink(missing_ok=True)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}.tmp")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii").strip()
