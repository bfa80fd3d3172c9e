"""Puts a backup in place, and erases again what was erased since it was made."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from console.accounts.models import LinkRow, ProviderStateRow, SessionRow, SignInRow
from conversations.after_restore import settle
from conversations.bootstrap import open_record, open_strangers
from conversations.erasing_again import erase_again, list_erasures
from conversations.erasures import Erasure
from conversations.errors import RecordUnreachable
from conversations.privacy_bootstrap import open_purge
from conversations.purging import Report
from conversations.store import open_engine
from deploy.backups import archive
from deploy.backups.erasure_list import read_list
from deploy.backups.errors import StillRunning, StoresPresent, WrongDatabase
from deploy.backups.keys import Keyring
from deploy.backups.stores import Stores
from settings import Settings

PATIENCE = 0.5


@dataclass(frozen=True)
class Restored:
    """What a restore did: of when the backup is, how many erasures were done again, what was too old by now."""

    made_at: str
    erased_again: int
    purge: Report


def restore(
    file: Path,
    settings: Settings,
    stores: Stores,
    keyring: Keyring,
    clock: Callable[[], datetime],
    replace: bool = False,
) -> Restored:
    """Put the backup `file` in place of what is there. Nothing may be running.

    The whole backup is opened and checked before anything is touched. What the present record, the list beside the
    backup and the backup itself know of erasures is erased again, and what is too old by now goes.
    """
    check_stopped(settings)
    with archive.scratch(settings.var) as folder:
        manifest = archive.unpack(file, keyring, folder)
        if manifest["database"] != stores.kind:
            raise WrongDatabase(manifest["database"], stores.kind)
        present = stores.present()
        if present and not replace:
            raise StoresPresent
        # Read before it is replaced: it knows what was erased since.
        erased = read_list(file.parent) + (_erasures(settings) if present else [])
        stores.put_back(folder)
        _put_back_files(folder / "var", settings.var)
    record, strangers = open_record(settings.sql_url("conversations")), open_strangers(settings)
    again = erase_again(record, strangers, erased)
    settle(record, clock())
    _sign_everybody_out(record)
    purge = open_purge(record, settings, clock).round(strangers.forget)
    record.dispose()
    return Restored(manifest["made_at"], again, purge)


def check_stopped(settings: Settings) -> None:
    """Raise StillRunning where something answers on the portal's port."""
    host = settings.portal_host if settings.portal_host not in ("0.0.0.0", "::") else "127.0.0.1"
    try:
        socket.create_connection((host, settings.portal_port), PATIENCE).close()
    except OSError:
        return
    raise StillRunning(settings.portal_port)


def _sign_everybody_out(record: Engine) -> None:
    """Forget who was signed in to the console: a session that was ended since would be open again."""
    with record.begin() as connection:
        for table in (SessionRow, SignInRow, LinkRow, ProviderStateRow):
            if inspect(connection).has_table(table.__tablename__):
                connection.execute(delete(table.__table__))


def _erasures(settings: Settings) -> list[Erasure]:
    try:
        # As it stands: it is about to be replaced, and may be of a later program.
        record = open_engine(settings.sql_url("conversations"))
        erased = list_erasures(record)
        record.dispose()
    except (SQLAlchemyError, RecordUnreachable):
        return []  # a damaged record is the reason for a restore; the list beside the backup is what is left
    return erased


def _put_back_files(folder: Path, var: Path) -> None:
    for name in archive.KEPT_FILES:
        if (folder / name).is_file():
            target = var / name
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{target.name}.restored")
            shutil.copyfile(folder / name, draft)
            draft.chmod(0o600)
            os.replace(draft, target)
