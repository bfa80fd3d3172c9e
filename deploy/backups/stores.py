"""The stores as files: copied while everything runs, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url

from deploy.backups.errors import DamagedStore, ToolFailed, ToolMissing
from settings import Settings

NAMES = ("knowledge", "conversations", "tracker")
INSTALLED = Path("/usr/lib/postgresql")


class Stores(ABC):
    """The databases of an installation. `kind` is what a backup says of them."""

    kind: str
    files: tuple[str, ...]

    @abstractmethod
    def copy(self, folder: Path) -> list[str]:
        """Write a consistent copy of what is there to `folder`; return the names of the files."""

    @abstractmethod
    def put_back(self, folder: Path) -> None:
        """Put the copies in `folder` in place of what is there. Nothing may be running."""

    @abstractmethod
    def present(self) -> bool:
        """Tell whether there is a record already."""


class SqliteStores(Stores):
    """One file a store."""

    kind = "sqlite"
    files = tuple(f"{name}.db" for name in NAMES)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, folder: Path) -> list[str]:
        """Copy each file by SQLite's own online backup: one moment of it, whoever writes meanwhile."""
        made = []
        for name in self.files:
            if not (self._folder / name).exists():
                continue
            source = sqlite3.connect(f"file:{self._folder / name}?mode=ro", uri=True)
            with closing(source), closing(sqlite3.connect(folder / name)) as copy:
                source.backup(copy)
            _check(folder / name)
            made.append(name)
        return made

    def put_back(self, folder: Path) -> None:
        """Check each copy, then put all in place; logs of the former files go with them."""
        copies = [name for name in self.files if (folder / name).exists()]
        for name in copies:
            _check(folder / name)
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in copies:
            draft = self._folder / f"{name}.restored"
            shutil.copyfile(folder / name, draft)
            draft.chmod(0o600)
            for rest in ("-wal", "-shm"):
                (self._folder / f"{name}{rest}").unlink(missing_ok=True)
            os.replace(draft, self._folder / name)

    def present(self) -> bool:
        """Tell whether the record's file is there."""
        return (self._folder / "conversations.db").exists()


class PostgresqlStores(Stores):
    """One database for all stores."""

    kind = "postgresql"
    files = ("database.dump",)

    def __init__(self, url: str) -> None:
        self._url = url

    def copy(self, folder: Path) -> list[str]:
        """Dump the database by pg_dump: one snapshot of it, whoever writes meanwhile."""
        target = folder / self.files[0]
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return list(self.files)

    def put_back(self, folder: Path) -> None:
        """Put the dump in place of the tables that it holds, all or nothing."""
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
        self._run("pg_restore", *options, str(folder / self.files[0]))

    def present(self) -> bool:
        """Tell whether the record's tables are there."""
        engine = create_engine(self._url, future=True, hide_parameters=True)
        with closing(engine.connect()) as connection:
            found = inspect(connection).has_table("conversations")
        engine.dispose()
        return found

    def _run(self, program: str, *arguments: str) -> None:
        url = make_url(self._url)
        # The password stays out of the list of processes.
        address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
        command = [tool(program), f"--dbname={address.render_as_string(hide_password=False)}", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise ToolFailed(program, (done.stderr.strip().splitlines() or ["no reason given"])[-1])


def open_stores(settings: Settings) -> Stores:
    """Return the stores of the settings."""
    if settings.database_url:
        return PostgresqlStores(str(settings.database_url))
    return SqliteStores(settings.var)


def tool(name: str, installed: Path = INSTALLED) -> str:
    """Return the newest of a PostgreSQL program on this machine; raises ToolMissing."""
    newest = sorted(installed.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if not found:
        raise ToolMissing(name)
    return found


def _check(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError:
            verdict = "no database"
    if verdict != "ok":
        raise DamagedStore(file.name)
