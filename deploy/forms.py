"""The forms of the tables of the record's database: shown, and brought to the one that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from console.accounts.migrating import ACCOUNTS
from conversations.migrating import RECORD, bring_up_to_date, form_of, move
from conversations.store import open_engine
from deploy.errors import UnusableRecord
from deploy.progress import say
from migrating.chain import HEAD, Chain
from settings import Settings

CHAINS = {chain.name: chain for chain in (RECORD, ACCOUNTS)}


def bring_all(settings: Settings) -> None:
    """Bring all tables to the form that this program reads, and say what was done.

    Raises UnusableRecord, and FormProblem where that cannot be.
    """
    _each(settings, CHAINS.values(), bring_up_to_date)


def bring(settings: Settings, name: str, form: str = HEAD) -> None:
    """Bring the tables of the chain `name` to `form`, also back; raises as `bring_all` does."""
    _each(settings, [CHAINS[name]], lambda engine, chain: move(engine, chain, form))


def _each(settings: Settings, chains: Iterable[Chain], work: Callable[[Engine, Chain], None]) -> None:
    engine = open_engine(settings.sql_url("conversations"))
    try:
        for chain in chains:
            before = form_of(engine, chain)
            work(engine, chain)
            say(_line(engine, chain, before))
    except SQLAlchemyError as error:
        raise UnusableRecord(str(getattr(error, "orig", error)).strip().splitlines()[0]) from None
    finally:
        engine.dispose()


def _line(engine: Engine, chain: Chain, before: str | None) -> str:
    after = form_of(engine, chain)
    if before == after:
        return f"{chain.name}: up to date (form {after})"
    return f"{chain.name}: from form {before or 'none'} to form {after or 'none'}"
