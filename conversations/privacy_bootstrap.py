"""Opens what the record keeps for accountability: purge and its reports, who read what, consents."""

from sqlalchemy.engine import Engine

from conversations.bootstrap import open_retention, utc_now
from conversations.consents import Consents
from conversations.log import Clock
from conversations.purging import Purge
from conversations.reading_log import ReadingLog
from conversations.transactions import Transactions
from settings import Settings


def open_purge(engine: Engine, settings: Settings, clock: Clock = utc_now) -> Purge:
    """Return deletion by age over an open record, after the days of the settings."""
    return Purge(Transactions(engine), open_retention(engine, settings, clock), clock)


def open_reading_log(engine: Engine, clock: Clock = utc_now) -> ReadingLog:
    """Return the log of who read what, kept in an open record."""
    return ReadingLog(Transactions(engine), clock)


def open_consents(engine: Engine) -> Consents:
    """Return what owners agreed to, kept in an open record."""
    return Consents(Transactions(engine))
