"""The list of erasures beside the backups: digests only, so it may lie open, and should be copied elsewhere often."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from conversations.erasures import Erasure, parse

NAME = "erasures.txt"


def read_list(folder: Path) -> list[Erasure]:
    """Return the erasures listed in `folder`; none where there is no list. Raises ValueError for a spoilt one."""
    file = folder / NAME
    return parse(file.read_text(encoding="ascii").splitlines()) if file.exists() else []


def update_list(folder: Path, erased: Sequence[Erasure], kept: timedelta, now: datetime) -> int:
    """Add erasures to the list in `folder` and take out those older than `kept`; return how many it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {(each.what, each.digest): each for each in [*read_list(folder), *erased]}
    young = sorted(
        (each for each in known.values() if each.at >= now - kept), key=lambda each: (each.at, each.digest)
    )
    draft = folder / f"{NAME}.draft"
    draft.write_text("".join(f"{each.to_line()}\n" for each in young), encoding="ascii")
    os.replace(draft, folder / NAME)
    return len(young)
