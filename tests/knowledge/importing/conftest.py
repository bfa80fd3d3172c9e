"""A store in memory with its staging tables, contexts of sources, and files made of a few records."""

import io
import json
import os
import uuid
from datetime import date, datetime, timezone

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from knowledge.importing import models, pipeline
from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import source_of
from knowledge.models import Base
from knowledge.store import open_engine

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=timezone.utc)
POSTGRESQL = os.environ.get("BOUSSOLE_TEST_POSTGRESQL")
assert models.ImportRun.metadata is Base.metadata


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


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"])
def engine(request):
    """An empty store; on PostgreSQL in a schema of its own."""
    if request.param == "sqlite":
        engine = open_engine("sqlite://")
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    schema = f"importing_{uuid.uuid4().hex[:12]}"
    engine = create_engine(POSTGRESQL, future=True, connect_args={"options": f"-csearch_path={schema}"})
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    Base.metadata.create_all(engine)
    yield engine
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


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
