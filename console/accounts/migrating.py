"""The forms of the tables of the accounts: they stand in the record's database, in a chain of their own."""

from pathlib import Path
from typing import Any

from console.accounts.models import metadata
from migrating.chain import Chain

VERSION = "console_version"


def ours(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Say whether what was found in a database belongs to the accounts."""
    return kind != "table" or bool(name and name.startswith("console_") and name != VERSION)


ACCOUNTS = Chain("accounts", Path(__file__).parent / "migrations", VERSION, metadata, ours)
