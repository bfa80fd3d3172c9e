"""Wires the console from the settings: the only place that knows them all."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from fastapi import FastAPI

from console.accounts.bootstrap import open_accounts
from console.accounts.desk import AccountDesk
from console.accounts.sessions import Limits
from console.app import create_console
from console.records.bootstrap import open_book
from console.services import Services
from conversations.bootstrap import open_record, utc_now
from conversations.errors import RecordUnreachable
from settings import Settings

logger = logging.getLogger(__name__)
MOUNT = "/console"
PURGE_SECONDS = 3600.0


def open_console(settings: Settings) -> FastAPI:
    """Return the console's application, its database opened.

    Raises what the record raises when it cannot be opened.
    """
    return create_console(open_services(settings))


def open_services(settings: Settings) -> Services:
    """Return the console's collaborators as the settings want them."""
    record = open_record(settings.sql_url("conversations"))
    accounts = open_accounts(record, utc_now, limits_of(settings))
    records = open_book(settings.sql_url("knowledge"))

    async def close() -> None:
        record.dispose()
        records.engine.dispose()

    return Services(
        sessions=accounts.sessions,
        accounts=accounts,
        records=records,
        chores=(purging(accounts),),
        close=close,
        cookie_secure=settings.cookie_secure,
    )


def open_desk(settings: Settings) -> AccountDesk:
    """Return the accounts alone, for operators' commands."""
    return open_accounts(open_record(settings.sql_url("conversations")), utc_now, limits_of(settings))


def limits_of(settings: Settings) -> Limits:
    """Return how long sessions last."""
    return Limits(
        timedelta(hours=settings.console_idle_hours), timedelta(hours=settings.console_session_hours)
    )


def public_address(settings: Settings) -> str:
    """Return the address that links in e-mails begin with, without a slash at its end; empty where none is known.

    Never what a request says: whoever asks could name a machine of their own.
    """
    if settings.console_url:
        return settings.console_url.rstrip("/")
    if settings.portal_url and settings.console_mounted:
        return settings.portal_url.rstrip("/") + MOUNT
    return ""


def purging(accounts: AccountDesk) -> Callable[[], Awaitable[None]]:
    """Return the chore that deletes what has run out, once an hour."""

    async def for_ever() -> None:
        while True:
            try:
                await asyncio.to_thread(accounts.purge)
            except RecordUnreachable as error:
                logger.warning("the record does not answer (%s); what has run out is deleted later", error)
            await asyncio.sleep(PURGE_SECONDS)

    return for_ever
