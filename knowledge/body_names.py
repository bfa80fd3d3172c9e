"""The names of bodies by their id, for those who choose among them."""

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.sql import Select

from knowledge.models import AdvisorRow
from knowledge.reading import Reader

MOST = 2000
_ALL = select(AdvisorRow.id, AdvisorRow.record).order_by(AdvisorRow.id)


class BodyNames:
    """Both calls raise StoreUnreachable where the store does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._reader = Reader(engine)

    def named(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of these bodies; an id that no body has is left out."""
        wanted = sorted(set(ids))
        return self._read(_ALL.where(AdvisorRow.id.in_(wanted))) if wanted else {}

    def offered(self) -> dict[str, str]:
        """Return the first 2 000 bodies, by id."""
        return self._read(_ALL.limit(MOST))

    def _read(self, statement: Select) -> dict[str, str]:
        rows = self._reader.read(lambda connection: connection.execute(statement).all())
        return {slug: json.loads(record)["name"] for slug, record in rows}
