"""Chains of migrations, run by Alembic: each brings one set of tables from form to form, beside tables of others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, inspect
from sqlalchemy.engine import Connection

from migrating.errors import UnknownForm

HEAD, BASE = "head", "base"


@dataclass(frozen=True)
class Chain:
    """The forms of one set of tables; each has a number, which begins the name of its file in `folder`/versions.

    `name` is what operators call the tables, `version_table` holds the number of the form that stands, `metadata` is
    the form that the code reads. `ours` is Alembic's `include_object`: which of what is found belongs to the chain.
    """

    name: str
    folder: Path
    version_table: str
    metadata: MetaData
    ours: Callable[[Any, str | None, str, bool, Any], bool]

    @property
    def forms(self) -> list[str]:
        """Return the numbers of all forms, first to last; read from names of files, since Alembic costs 11 MB."""
        return sorted(path.name.split("_")[0] for path in (self.folder / "versions").glob("[0-9]*.py"))

    @property
    def head(self) -> str:
        """Return the number of the form that the code reads."""
        return self.forms[-1]

    def upgrade(self, connection: Connection, form: str = HEAD) -> None:
        """Bring the tables forward to `form`, in the transaction of `connection`; does nothing where they are there."""
        self._run("upgrade", connection, form)

    def downgrade(self, connection: Connection, form: str) -> None:
        """Bring the tables back to `form`, in the transaction of `connection`; what only later forms hold is lost."""
        self._run("downgrade", connection, form)

    def go(self, connection: Connection, found: str | None, form: str) -> None:
        """Bring tables of the form `found` (None before the first) to `form`, whichever way; raises UnknownForm."""
        forms = [BASE, *self.forms]
        target = self.head if form == HEAD else form
        if target not in forms:
            raise UnknownForm(self.name, form, forms)
        if forms.index(target) < forms.index(found or BASE):
            self.downgrade(connection, target)
        else:
            self.upgrade(connection, target)

    def absent(self, connection: Connection) -> bool:
        """Tell whether there is none of the tables."""
        return not set(inspect(connection).get_table_names()) & {*self.metadata.tables, self.version_table}

    def _run(self, way: str, connection: Connection, form: str) -> None:
        # Read only where tables change.
        from alembic import command
        from alembic.config import Config

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(self.folder))
        getattr(command, way)(config, form)
