"""A secret that stands in a file of its own, made at the first start."""

import os
import secrets
from pathlib import Path


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
