from datetime import date, datetime, timezone

import pytest

from knowledge.bootstrap import serve
from knowledge.editing.changes import Editor
from knowledge.editing.desk import EditingDesk
from knowledge.loader import read_content

TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)
ADVISOR = Editor("a1", "Dominique Le Goff", frozenset({"cci-29"}))
ADMINISTRATOR = Editor("r1", "Claude Riou", None)
ANOTHER = Editor("r2", "Camille Abgrall", None)


@pytest.fixture
def sample_content(sample, territories):
    return read_content(sample, territories)


@pytest.fixture
def loaded(engine, sample_content):
    """A store that serves the sample content."""
    serve(engine, sample_content, today=lambda: TODAY)
    return engine


@pytest.fixture
def desk(loaded, territories):
    return EditingDesk(loaded, territories, clock=lambda: NOW, today=lambda: TODAY)
