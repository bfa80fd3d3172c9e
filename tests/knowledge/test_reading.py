import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from knowledge.errors import StoreUnreachable
from knowledge.reading import Reader


def dies(times: int):
    """A question whose connection dies the first times it is asked."""
    left = [times]

    def ask(connection):
        if left[0]:
            left[0] -= 1
            raise OperationalError("SELECT 1", {}, Exception("server closed"), connection_invalidated=True)
        return connection.execute(text("SELECT 1")).scalar()

    return ask


def test_a_connection_that_died_is_asked_again(engine):
    assert Reader(engine).read(dies(1)) == 1


def test_a_store_that_stays_away_is_said(engine):
    with pytest.raises(StoreUnreachable, match="server closed"):
        Reader(engine).read(dies(2))


def test_a_question_that_cannot_be_answered_is_not_asked_again(engine):
    with pytest.raises(StoreUnreachable, match="knowledge_nothing"):
        Reader(engine).read(lambda connection: connection.execute(text("SELECT * FROM knowledge_nothing")))


def test_a_server_that_was_restarted_is_no_error(engine):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    reader = Reader(engine)
    mine = reader.read(lambda connection: connection.execute(text("SELECT pg_backend_pid()")).scalar())
    with engine.connect() as other:
        other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database() AND pid = :pid"
            ),
            {"pid": mine},
        )

    assert reader.read(lambda connection: connection.execute(text("SELECT 1")).scalar()) == 1
