"""Opens the privacy pages' collaborators over an open record."""

from collections.abc import Callable, Mapping

from sqlalchemy.engine import Engine

from console.privacy.desk import PrivacyDesk
from conversations.bootstrap import open_strangers, utc_now
from conversations.log import Clock
from conversations.owner_erasure import OwnerErasure
from conversations.privacy_bootstrap import open_consents, open_purge, open_reading_log
from settings import Settings


def open_privacy(
    record: Engine, settings: Settings, people: Callable[[], Mapping[str, str]], clock: Clock = utc_now
) -> PrivacyDesk:
    """Return what the privacy pages ask, over the stores of the settings."""
    return PrivacyDesk(
        purge=open_purge(record, settings, clock),
        reads=open_reading_log(record, clock),
        consents=open_consents(record),
        erasures=OwnerErasure(record, open_strangers(settings), clock),
        people=people,
    )
