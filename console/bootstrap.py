"""Wires the console from the settings: the only place that knows them all."""

from fastapi import FastAPI

from console.accounts.bootstrap import choices_of, ground_over, open_accounts, purging
from console.accounts.desk import AccountDesk
from console.app import create_console
from console.conversations.desk import open_logs
from console.models.bootstrap import open_models
from console.needs.bootstrap import open_needs, publishing
from console.privacy.bootstrap import open_privacy
from console.records.bootstrap import open_book
from console.requests.bootstrap import open_book as open_requests_book
from console.review.bootstrap import open_review, preparing
from console.services import Services
from conversations.bootstrap import open_record, utc_now
from knowledge import store
from knowledge.body_names import BodyNames
from knowledge.territories import load_territories
from settings import Settings

MOUNT = "/console"


def open_console(settings: Settings) -> FastAPI:
    """Return the console's application, its database opened.

    Raises what the record raises when it cannot be opened.
    """
    return create_console(open_services(settings))


def open_services(settings: Settings) -> Services:
    """Return the console's collaborators as the settings want them."""
    record = open_record(settings.sql_url("conversations"))
    knowledge = store.open_engine(settings.sql_url("knowledge"), reading=True)
    territories = load_territories()
    ground = ground_over(BodyNames(knowledge), territories)
    accounts = open_accounts(record, utc_now, choices_of(settings, public_address(settings)), ground=ground)

    def people() -> dict[str, str]:
        return {account.id: account.name for account in accounts.register.all()}

    logs = open_logs(
        record,
        utc_now,
        departements={place.code: f"{place.code} {place.name}" for place in territories.departements},
        regions={place.code: place.name for place in territories.regions},
        people=people,
    )
    records = open_book(settings.sql_url("knowledge"), settings.var / "imports" / "console")
    needs = open_needs(record)
    requests = open_requests_book(settings, record, accounts.register, territories)

    review = open_review(record, settings.var / "cache", accounts.register.all)

    async def close() -> None:
        knowledge.dispose()
        record.dispose()
        records.engine.dispose()

    return Services(
        sessions=accounts.sessions,
        accounts=accounts,
        logs=logs,
        records=records,
        needs=needs,
        review=review,
        models=open_models(record, settings, review),
        requests=requests,
        privacy=open_privacy(record, settings, people),
        chores=(
            purging(accounts),
            publishing(needs.statistics),
            preparing(review),
        ),
        close=close,
        cookie_secure=settings.cookie_secure,
    )


def open_desk(settings: Settings) -> AccountDesk:
    """Return the accounts alone, for operators' commands."""
    record = open_record(settings.sql_url("conversations"))
    return open_accounts(record, utc_now, choices_of(settings, public_address(settings)))


def public_address(settings: Settings) -> str:
    """Return the address that links in e-mails begin with, without a slash at its end; empty where none is known.

    Never what a request says: whoever asks could name a machine of their own.
    """
    if settings.console_url:
        return settings.console_url.rstrip("/")
    if settings.portal_url and settings.console_mounted:
        return settings.portal_url.rstrip("/") + MOUNT
    return ""
