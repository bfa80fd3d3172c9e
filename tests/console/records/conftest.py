"""The records of the sample content, and an advisor who keeps one of them."""

import shutil
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from console.records.book import RecordBook
from console.services import Services
from console.viewers import Role, Scope
from knowledge.bootstrap import serve
from knowledge.editing.desk import EditingDesk
from knowledge.loader import read_content
from knowledge.migrating import migrate
from knowledge.store import open_engine
from knowledge.territories import load_territories
from tests.console.conftest import viewer

SAMPLE = Path(__file__).parents[2] / "knowledge" / "sample"
TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="session")
def territories():
    return load_territories()


@pytest.fixture
def book(tmp_path, territories):
    folder = tmp_path / "content"
    shutil.copytree(SAMPLE, folder)
    engine = open_engine(f"sqlite:///{tmp_path / 'knowledge.db'}")
    migrate(engine)
    serve(engine, read_content(folder, territories), today=lambda: TODAY)
    desk = EditingDesk(engine, territories, clock=lambda: NOW, today=lambda: TODAY)
    yield RecordBook(desk, engine, territories, lambda: TODAY, tmp_path / "imports")
    engine.dispose()


@pytest.fixture
def services(sessions, book):
    sessions.known["advisor"] = viewer(Role.ADVISOR, scope=Scope(frozenset({"cci-29"}), frozenset({"29"})))
    sessions.known["stranger"] = viewer(
        Role.ADVISOR,
        account_id="stranger",
        csrf="csrf-stranger",
        scope=Scope(frozenset({"france-num"}), frozenset({"75"})),
    )
    return Services(sessions=sessions, records=book)


@pytest.fixture
def stranger(visitor):
    """Somebody of another body, signed in."""
    client = visitor()
    client.cookies.set("boussole_console", "stranger")
    client.headers["X-CSRF-Token"] = "csrf-stranger"
    return client
