"""Short transactions on the record, for the services beside the log."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from conversations import store
from conversations.errors import RecordClash, RecordUnreachable


class Transactions:
    """One transaction a block; whatever the database refuses is RecordUnreachable."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = sessionmaker(engine, future=True, expire_on_commit=False)
        self._writing = sessionmaker(store.writing(engine), future=True, expire_on_commit=False)
        soon = store.writing(engine, lasting=False)
        self._writing_soon = sessionmaker(soon, future=True, expire_on_commit=False)
        self._turnstile = store.turnstile(engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session to look things up in."""
        with _reaching(), self._reading.begin() as session:
            yield session

    @contextmanager
    def write(self, lasting: bool = True) -> Iterator[Session]:
        """Give a session to write in; the block's changes are kept together or not at all.

        A power cut may take what is not `lasting`, until something lasting is written (store.py).
        """
        begin = self._writing.begin if lasting else self._writing_soon.begin
        with _reaching(), self._turnstile, begin() as session:
            yield session


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise RecordClash(type(error).__name__) from error
    except SQLAlchemyError as error:
        raise RecordUnreachable(type(error).__name__) from error
