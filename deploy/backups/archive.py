"""Makes a sealed backup of everything that cannot be made again, and deletes the old ones."""

from __future__ import annotations

import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from deploy.backups.errors import AlteredBackup, NoBackup, TruncatedBackup
from deploy.backups.keys import Keyring
from deploy.backups.sealed import SealedReader, SealedWriter
from deploy.backups.stores import Stores

SUFFIX = ".backup"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"boussole-(\d{8}T\d{6}Z)\.backup")
MANIFEST = "manifest.json"
# Files under var/ that cannot be made again. Models are made again from their sources; which one was promoted is not.
KEPT_FILES = ("secret", "console-secret", "models/promoted")


def make(stores: Stores, var: Path, folder: Path, keyring: Keyring, now: datetime) -> Path:
    """Write a backup to `folder` and return it; it appears there whole or not at all. Everything may be running.

    The stores are copied to a folder under `var` first, which only this user can read, and which goes at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"boussole-{now.astimezone(timezone.utc).strftime(_STAMP)}{SUFFIX}"
    draft = target.with_suffix(".draft")
    said, key = keyring.new()
    header = {"made_at": now.isoformat(timespec="seconds"), "database": stores.kind, **said}
    with scratch(var) as copies:
        names = stores.copy(copies)
        try:
            with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
                with SealedWriter(out, key, header) as sealed:
                    _pack(sealed, copies, names, var, header)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return target


def unpack(file: Path, keyring: Keyring, folder: Path) -> dict[str, Any]:
    """Open a backup into `folder`, which must be empty, and return what it says of itself.

    When this returns, every byte was authentic and the end was there. Raises NoBackup, WrongKey, AlteredBackup,
    TruncatedBackup.
    """
    try:
        raw = file.open("rb")
    except OSError as error:
        raise NoBackup(str(file), error.strerror) from None
    with raw, SealedReader(raw, file.name, keyring.of) as sealed:
        try:
            with tarfile.open(fileobj=sealed, mode="r|") as archive:
                for member in archive:
                    _extract(archive, member, folder)
        except tarfile.TarError:
            raise AlteredBackup from None
        while sealed.read(2**16):  # what pads the archive: its end has to be authentic too
            pass
    if not (folder / MANIFEST).exists():
        raise TruncatedBackup
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def forget_old(folder: Path, kept: timedelta, now: datetime) -> list[Path]:
    """Delete the backups in `folder` that are older, by the moment in their names; return them. Others are left."""
    old = [path for path, made in backups(folder) if made < now - kept]
    for path in old:
        path.unlink()
    return old


def backups(folder: Path) -> list[tuple[Path, datetime]]:
    """Return the backups in `folder` with the moment they were made, the oldest first."""
    found = ((path, _NAME.fullmatch(path.name)) for path in folder.glob(f"*{SUFFIX}"))
    made = [(path, _moment(match[1])) for path, match in found if match]
    return sorted(made, key=lambda each: each[1])


@contextmanager
def scratch(var: Path) -> Iterator[Path]:
    """Give a folder under `var` that only this user can read, and that is deleted afterwards."""
    var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=var) as name:
        yield Path(name)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=timezone.utc)


def _pack(sealed: SealedWriter, copies: Path, names: list[str], var: Path, header: Mapping[str, Any]) -> None:
    manifest = copies / MANIFEST
    said = {"made_at": header["made_at"], "database": header["database"], "stores": names}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    with tarfile.open(fileobj=sealed, mode="w|") as archive:
        for name in (MANIFEST, *names):
            archive.add(copies / name, arcname=name)
        for name in KEPT_FILES:
            if (var / name).is_file():
                archive.add(var / name, arcname=f"var/{name}")


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one member; only plain files inside the folder are taken, whoever sealed the archive."""
    target = (folder / member.name).resolve()
    source = archive.extractfile(member) if member.isfile() else None
    if source is None or folder.resolve() not in target.parents:
        raise AlteredBackup
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as out:
        _copy(source.read, out.write)


def _copy(read: Callable[[int], bytes], write: Callable[[bytes], Any]) -> None:
    while piece := read(2**20):
        write(piece)
