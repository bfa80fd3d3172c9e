"""What the store serves, contexts of sources, and files made of a few records."""

import io
import json
from datetime import date, datetime, timezone

import pytest
from sqlalchemy.orm import Session

from knowledge.importing import pipeline
from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import source_of

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=timezone.utc)


class Served:
    """What the store serves, by kind and id; the same two functions as `knowledge.store`."""

    def __init__(self):
        self.records = {"advisor": {}, "scheme": {}}
        self.puts = 0

    def put(self, session, advisors, schemes):
        for kind, records in (("advisor", advisors), ("scheme", schemes)):
            for record in records:
                self.puts += 1
                self.records[kind][record.id] = record

    def remove(self, session, kind, ids):
        for key in ids:
            self.records[kind].pop(key, None)

    @property
    def advisors(self):
        return self.records["advisor"]


@pytest.fixture
def served():
    return Served()


@pytest.fixture
def context(territories):
    """Make the context of a source; the day of its file may be given."""

    def make(code="dila", file_date=None, **fields):
        return Context(source_of(code), territories, TODAY, file_date, **fields)

    return make


@pytest.fixture
def load(engine, served, context):
    """Import items of a source into the store."""

    def run(items, code="dila", **options):
        given = {"file_name": f"{code}.json", "target": served, "clock": lambda: NOW}
        file_date = options.pop("file_date", None)
        return pipeline.run(engine, items, context(code, file_date), **{**given, **options})

    return run


@pytest.fixture
def body(advisor):
    """Make an imported body from the fields that matter to a test."""

    def make(source_id="1", keys=(), **fields):
        given = {
            "confidence": "official",
            "source_url": "https://annuaire.example/1",
            "seen": "2026-06-01",
            "kind": "cci",
            "level": "departement",
            "territory": "29",
        }
        record = advisor(fields.pop("id", f"dila-{source_id}"), **{**given, **fields})
        return Imported(source_id, record, tuple(keys), f"record {source_id}")

    return make


@pytest.fixture
def rows(engine):
    """Return the rows of a table, as dictionaries."""

    def read(model):
        with Session(engine, future=True) as session:
            found = session.execute(model.__table__.select()).mappings().all()
            return [dict(row) for row in found]

    return read


@pytest.fixture
def stream():
    """Return a file that holds a value as JSON."""
    return lambda value: io.BytesIO(json.dumps(value, ensure_ascii=False).encode())
