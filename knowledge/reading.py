"""Reading from the store, whatever happens to its connections."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from knowledge.errors import StoreUnreachable

Answer = TypeVar("Answer")
TRIES = 2  # a connection that died while nobody used it is found out by the first


@contextmanager
def reaching() -> Iterator[None]:
    """Say of what fails inside, because the store does not answer, that it is so: `StoreUnreachable`."""
    try:
        yield
    except DBAPIError as error:
        raise StoreUnreachable(str(error.orig)) from error


class Reader:
    """Asks the store behind `engine`."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def read(self, ask: Callable[[Connection], Answer]) -> Answer:
        """Return what `ask` reads, asked again where its connection had died (the server was restarted).

        Raises `StoreUnreachable` where the store does not answer.
        """
        for left in reversed(range(TRIES)):
            try:
                with self.engine.connect() as connection:
                    return ask(connection)
            except DBAPIError as error:
                if not (left and error.connection_invalidated):
                    raise StoreUnreachable(str(error.orig)) from error
        raise AssertionError("unreachable: the last try returns or raises")
