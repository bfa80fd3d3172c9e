"""What `python -m deploy backup`, `restore` and `erasures` do and say."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from conversations.bootstrap import open_record, utc_now
from conversations.erasing_again import list_erasures
from conversations.errors import RecordUnreachable
from deploy.backups import archive, restoring
from deploy.backups.erasure_list import NAME, update_list
from deploy.backups.errors import UnreachableRecord
from deploy.backups.keys import open_keyring
from deploy.backups.stores import open_stores
from deploy.progress import say
from settings import Settings


def backup(settings: Settings, folder: Path) -> None:
    """Make a backup, bring the list of erasures up to date and delete old backups."""
    now = utc_now()
    made = archive.make(open_stores(settings), settings.var, folder, open_keyring(settings), now)
    say(f"backup: {made} ({made.stat().st_size / 2**20:.1f} MB)")
    _list(settings, folder, now)
    for old in archive.forget_old(folder, timedelta(days=settings.backup_days), now):
        say(f"backup: {old.name} deleted, older than {settings.backup_days} days")


def restore(settings: Settings, file: Path, replace: bool) -> None:
    """Put a backup in place and say what was erased again."""
    done = restoring.restore(
        file, settings, open_stores(settings), open_keyring(settings), utc_now, replace=replace
    )
    say(f"restored: the backup of {done.made_at}")
    say(f"restored: {done.erased_again} things erased again, as their owners had asked since")
    say(f"restored: {done.purge.removed('conversation')} conversations deleted, too old by now")


def erasures(settings: Settings, folder: Path) -> None:
    """Bring the list of erasures beside the backups up to date."""
    _list(settings, folder, utc_now())


def _list(settings: Settings, folder: Path, now: datetime) -> None:
    try:
        erased = list_erasures(open_record(settings.sql_url("conversations")))
    except (SQLAlchemyError, RecordUnreachable) as error:
        raise UnreachableRecord(type(error).__name__) from None
    held = update_list(folder, erased, timedelta(days=settings.trace_days), now)
    say(f"erasures: {held} in {folder / NAME}")
