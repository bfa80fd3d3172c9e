"""Records to match against, made in a line; the shipped content, loaded once."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from knowledge.bootstrap import serve
from knowledge.guidance import Guidance
from knowledge.loader import read_content
from knowledge.migrating import migrate
from knowledge.models import Base
from knowledge.schema import SECTIONS, Advisor, Scheme
from knowledge.sentences import read_sentences
from knowledge.service import KnowledgeBase
from knowledge.store import ADVISOR, SCHEME, SECTORS, ids, open_engine, remove, set_document
from knowledge.store import put as put_records
from knowledge.territories import load_territories
from tests.databases import postgresql_schema

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "knowledge" / "content"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def territories():
    return load_territories()


@pytest.fixture(scope="session")
def content(territories):
    """The content as it is shipped."""
    return read_content(CONTENT, territories)


@pytest.fixture(scope="session")
def base(content, territories):
    """The knowledge base as it is shipped, on a day that does not move."""
    engine = open_engine("sqlite://")
    migrate(engine)
    serve(engine, content)
    return KnowledgeBase(engine, territories, today=lambda: TODAY)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request):
    """An empty store on each database, for all tests of the run."""
    if request.param == "sqlite":
        engine = open_engine("sqlite://")
        migrate(engine)
        yield engine
        return
    with postgresql_schema("knowledge") as url:
        engine = open_engine(url)
        migrate(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def engine(database):
    """An empty store, on SQLite and again on PostgreSQL."""
    with database.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    return database


@pytest.fixture
def served(engine, content):
    """Serve these records and no others, with the shared reference of the shipped content; returns the engine."""

    def put(advisors=(), schemes=()):
        with Session(engine, future=True) as session, session.begin():
            set_document(session, SECTORS, json.loads(content.reference.json(exclude_none=True)))
            for kind in (ADVISOR, SCHEME):
                remove(session, kind, ids(session, kind))
            put_records(session, advisors, schemes)
        return engine

    return put


@pytest.fixture
def sample(tmp_path):
    """A small valid content folder to break or to load."""
    folder = tmp_path / "content"
    shutil.copytree(HERE / "sample", folder)
    return folder


@pytest.fixture
def advisor():
    """Make a body from the fields that matter to a test."""

    def make(key: str, **fields) -> Advisor:
        given = {
            "id": key,
            "name": key,
            "kind": "other",
            "level": "national",
            "territory": "FR",
            "needs": ["website"],
            "audience": "toutes",
            "services": "Aide.",
            "cost": "free",
            "url": "https://www.example.org",
            "confidence": "secondary",
        }
        return Advisor(**{**given, **fields})

    return make


@pytest.fixture
def scheme():
    """Make a scheme from the fields that matter to a test."""

    def make(key: str = "aid", **fields) -> Scheme:
        given = {
            "id": key,
            "titre": key,
            "promesse": "Demandez une aide",
            "description": "Aide.",
            "types_aides": ["grant"],
            "porteurs": [{"nom": "Région", "roles": ["financeur"]}],
            "cibles": ["professionnels"],
            "eligibilite_geographique": ["PAYS-99100"],
            "date_mise_a_jour": "2026-11-22",
            "needs": ["website"],
            "level": "national",
            "status": "open",
            "confidence": "secondary",
        }
        return Scheme(**{**given, **fields})

    return make


@pytest.fixture(scope="session")
def guidance(content):
    return Guidance(content.guidance, read_sentences("guidance"))


@pytest.fixture
def told():
    """Make a guidance of the records that matter to a test, each without its source."""

    def make(section: str, *records: dict) -> Guidance:
        given = [SECTIONS[section](**{"confidence": "memory", **record}) for record in records]
        sections = {name: {} for name in SECTIONS} | {section: {record.id: record for record in given}}
        return Guidance(sections, read_sentences("guidance"))

    return make
