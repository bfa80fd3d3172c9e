"""The records behind keys, each read from the store once and kept while there is room.

A key stands for one version of one record for ever, so that what is kept is never wrong, whatever is loaded
meanwhile; the room is bounded, so that a process does not grow with the store.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache, TTLCache
from sqlalchemy import String, bindparam, select

from knowledge.eligibility import Labels, prepare
from knowledge.funding import Candidate
from knowledge.models import AdvisorRow, SchemeRow
from knowledge.prepared import Statement
from knowledge.reading import Reader
from knowledge.schema import Advisor, Scheme
from knowledge.scheme_names import NamedScheme, SchemeNames
from knowledge.stored import build

TITLES_KEPT = 60  # seconds
NAMES_KEPT = 300  # seconds: all names are read at once
ROOM = 1000  # records of a kind: all of today's
_NAMES = select(SchemeRow.key, SchemeRow.record)
_TITLE = Statement("title", select(SchemeRow.record).where(SchemeRow.id == bindparam("id", type_=String)))
Record = TypeVar("Record")


class Shelf(Generic[Record]):
    """The records of one kind."""

    def __init__(self, reader: Reader, row: type, build: Callable[[str], Record], room: int = ROOM):
        self._reader, self._build = reader, build
        self._statement = select(row.key, row.record).where(row.key.in_(bindparam("keys", expanding=True)))
        self._kept: LRUCache[int, Record] = LRUCache(room)
        self._lock = Lock()  # the portal asks from several threads

    def take(self, keys: Sequence[int]) -> list[Record]:
        """Return the records of these keys, in this order; one withdrawn meanwhile is left out."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in keys if key not in found]
        if missing:
            rows = self._reader.read(
                lambda connection: connection.execute(self._statement, {"keys": missing}).all()
            )
            found |= {key: self._build(text) for key, text in rows}
            with self._lock:
                self._kept.update((key, found[key]) for key in missing if key in found)
        return [found[key] for key in keys if key in found]


class Catalogue:
    """The bodies and the schemes that are served; `labels` gives the NAF codes of activities named in words."""

    def __init__(self, reader: Reader, labels: Labels) -> None:
        self._reader, self._labels = reader, labels
        self._titles: TTLCache[str, str] = TTLCache(ROOM, TITLES_KEPT)
        self._names: TTLCache[str, SchemeNames] = TTLCache(1, NAMES_KEPT)
        self._lock = Lock()
        self.advisors: Shelf[Advisor] = Shelf(reader, AdvisorRow, partial(build, Advisor))
        self.schemes: Shelf[Candidate] = Shelf(reader, SchemeRow, self._candidate)

    def title(self, scheme: str) -> str:
        """Return the title of the scheme of that id; its id where it is not served (any more). A title that changes
        is the old one for a minute: it is asked for with every scheme that names another.
        """
        with self._lock:
            title = self._titles.get(scheme)
        if title is None:
            rows = self._reader.read(lambda connection: _TITLE.all(connection, {"id": scheme}))
            title = json.loads(rows[0][0])["titre"] if rows else scheme
            with self._lock:
                self._titles[scheme] = title
        return title

    def names(self) -> SchemeNames:
        """Return the names of the schemes; a scheme loaded meanwhile is known by its name some minutes later."""
        with self._lock:
            names = self._names.get("all")
        if names is None:
            rows = self._reader.read(lambda connection: connection.execute(_NAMES).all())
            names = SchemeNames(NamedScheme.read(key, text) for key, text in rows)
            with self._lock:
                self._names["all"] = names
        return names

    def _candidate(self, text: str) -> Candidate:
        scheme = build(Scheme, text)
        return Candidate(scheme, prepare(scheme, self._labels))
