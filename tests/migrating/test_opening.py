"""What happens when a database is opened: little where it is up to date, all or nothing where it is not."""

import subprocess
import sys
import threading

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from conversations.bootstrap import open_record
from conversations.migrating import RECORD, bring_up_to_date, form_of, move
from conversations.store import open_engine
from migrating.errors import BrokenReferences, DatabaseNewer, UnknownForm
from settings import ROOT
from tests.migrating.forms import differences, make_as_before
from tests.migrating.toy import write_toy

OPEN = "import sys; from conversations.bootstrap import open_record; open_record(sys.argv[1]).dispose()"


@pytest.fixture
def toys(tmp_path):
    return write_toy(tmp_path / "toys")


@pytest.fixture
def first(tmp_path, engine):
    """Toys in their first form: a box with a brick, and the chain as the code of then knew it."""
    chain = write_toy(tmp_path / "toys", forms=1)
    move(engine, chain, "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO toy_boxes (id, n) VALUES (1, 'blue')"))
        connection.execute(text("INSERT INTO toy_bricks (id, box) VALUES (1, 1)"))
    return engine


def boxes(engine, name="name"):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT id, {name} FROM toy_boxes")).all()


def test_what_is_up_to_date_costs_one_question(engine):
    bring_up_to_date(engine)
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    bring_up_to_date(engine)

    assert [each for each in asked if not each.startswith("BEGIN")] == [
        "SELECT record_version.version_num \nFROM record_version"
    ]


def test_opening_loads_no_alembic(tmp_path):
    opened = OPEN + "; print('alembic' in sys.modules)"
    url = f"sqlite:///{tmp_path / 'record.db'}"
    said = [
        subprocess.run([sys.executable, "-c", opened, url], cwd=ROOT, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [each.stdout.strip() for each in said] == ["False", "False"], said[0].stderr


def test_an_older_form_is_brought_forward_with_its_rows(first, toys):
    bring_up_to_date(first, toys)

    assert form_of(first, toys) == "0003"
    assert boxes(first) == [(1, "blue")]
    with pytest.raises(IntegrityError), first.begin() as connection:
        connection.execute(text("INSERT INTO toy_bricks (id, box) VALUES (2, 7)"))


def test_and_goes_back_where_it_is_asked_to(first, toys):
    bring_up_to_date(first, toys)
    move(first, toys, "0001")

    assert form_of(first, toys) == "0001"
    assert boxes(first, "n") == [(1, "blue")]
    with pytest.raises(UnknownForm, match="0007"):
        move(first, toys, "0007")


def test_a_step_that_fails_changes_nothing(first, tmp_path):
    broken = write_toy(tmp_path / "toys", last="raise ArithmeticError")
    with pytest.raises(ArithmeticError):
        bring_up_to_date(first, broken)

    assert form_of(first, broken) == "0001"
    assert boxes(first, "n") == [(1, "blue")]


def test_a_step_that_leaves_rows_hanging_changes_nothing(first, tmp_path):
    hanging = write_toy(tmp_path / "toys", last="op.execute('DELETE FROM toy_boxes')")
    with pytest.raises((BrokenReferences, IntegrityError), match="toy_bricks"):
        bring_up_to_date(first, hanging)

    assert boxes(first, "n") == [(1, "blue")]


def test_a_later_form_is_refused_and_left_as_it_is(first, toys, tmp_path):
    bring_up_to_date(first, toys)
    (toys.folder / "versions" / "0003_step.py").unlink()

    for opening in (bring_up_to_date, move):
        with pytest.raises(DatabaseNewer, match="toys are of form 0003.*up to 0002.*docs/migrations.md"):
            opening(first, toys)
    assert boxes(first) == [(1, "blue")]


def test_a_database_that_is_away_is_not_taken_for_an_empty_one():
    with pytest.raises(OperationalError):
        open_record("postgresql://nobody@127.0.0.1:1/none")


def test_another_error_than_a_missing_table_is_said(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE record_version (other INTEGER)"))
    with pytest.raises(Exception, match="version_num"):
        bring_up_to_date(engine)


@pytest.mark.parametrize("kind", ["empty", "before"])
def test_processes_may_open_it_at_the_same_moment(engine, kind):
    if kind == "before":
        make_as_before(engine)
    url = engine.url.render_as_string(hide_password=False)
    openers = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    errors = [opener.communicate(timeout=120)[1] for opener in openers]

    assert [opener.returncode for opener in openers] == [0, 0, 0], errors
    assert differences(engine, RECORD) == []
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM record_version")) == 1


def test_who_comes_second_waits_and_finds_the_work_done(first, tmp_path):
    marker = tmp_path / "runs"
    slow = write_toy(
        tmp_path / "toys",
        last=f"import time; open('{marker}', 'a').write('x'); time.sleep(0.4)",
    )
    others = [open_engine(first.url.render_as_string(hide_password=False)) for _ in range(3)]
    threads = [threading.Thread(target=bring_up_to_date, args=(other, slow)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.dispose()

    assert marker.read_text() == "x"
    assert form_of(first, slow) == "0003"
