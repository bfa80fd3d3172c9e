"""`python -m deploy migrate`, and what an operator reads where the tables do not fit the program."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from conversations.migrating import RECORD
from conversations.store import open_engine
from deploy import forms
from deploy.errors import UnusableRecord
from settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(var=tmp_path)


def command(settings, *words):
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | {"BOUSSOLE_VAR": str(settings.var)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_what_was_done_is_said(settings, capsys):
    forms.bring_all(settings)
    forms.bring_all(settings)
    forms.bring(settings, "accounts", "base")
    forms.bring(settings, "accounts")

    record, accounts = (forms.CHAINS[name].head for name in ("record", "accounts"))
    assert capsys.readouterr().out.splitlines() == [
        f"record: from form none to form {record}",
        f"accounts: from form none to form {accounts}",
        f"record: up to date (form {record})",
        f"accounts: up to date (form {accounts})",
        f"accounts: from form {accounts} to form none",
        f"accounts: from form none to form {accounts}",
    ]


def test_a_record_of_a_later_program_is_said_in_one_line(settings):
    forms.bring_all(settings)
    engine = open_engine(settings.sql_url("conversations"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE record_version SET version_num = '9999'"))
    engine.dispose()

    for words in (("deploy", "migrate"), ("deploy", "serve"), ("conversations", "purge"), ("actions",)):
        done = command(settings, *words)
        assert done.returncode == 1
        assert f"of form 9999, and this program knows forms up to {RECORD.head}" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_damaged_record_is_said(settings):
    (settings.var / "conversations.db").write_bytes(b"nothing that a database would hold" * 100)
    with pytest.raises(UnusableRecord, match="not a database"):
        forms.bring_all(settings)


def test_what_is_no_set_of_tables_is_refused(settings):
    done = command(settings, "deploy", "migrate", "nothing")
    assert done.returncode == 2
    assert "record and accounts" in done.stderr
