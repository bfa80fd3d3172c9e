import pytest

from console.accounts.migrating import ACCOUNTS
from conversations.migrating import RECORD
from conversations.store import open_engine
from tests.databases import postgresql_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        opened = open_engine(f"sqlite:///{tmp_path / 'record.db'}")
        yield opened
        opened.dispose()
        return
    with postgresql_schema("migrating") as address:
        opened = open_engine(address)
        yield opened
        opened.dispose()


@pytest.fixture(params=[RECORD, ACCOUNTS], ids=lambda chain: chain.name)
def chain(request):
    return request.param
