import pytest

from portal.channels.whatsapp import WhatsApp
from tests.databases import new_record
from tests.portal.channels.line import WORDING, Line
from tests.portal.channels.meta_calls import PHONE_ID, SECRET, VERIFY
from tests.portal.channels.providers import CloudApi


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "conversations.db")
    yield engine
    engine.dispose()


@pytest.fixture
def cloud():
    return CloudApi()


@pytest.fixture
def channel(cloud):
    client = cloud.client("https://graph.test/v24.0", Authorization="Bearer token")
    return WhatsApp(client, PHONE_ID, SECRET, VERIFY, WORDING)


@pytest.fixture
def line(record, channel):
    """A portal with WhatsApp."""
    return Line(record, channel)
