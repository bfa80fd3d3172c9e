"""Two processes may load the same store at the same time: one waits, and finds the work done."""

import os
import subprocess
import sys

import pytest

from knowledge.bootstrap import load_knowledge, open_knowledge
from settings import ROOT
from tests.databases import postgresql_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    """The settings of a store, and its address."""
    if request.param == "sqlite":
        yield {"BOUSSOLE_VAR": str(tmp_path)}, f"sqlite:///{tmp_path / 'knowledge.db'}"
        return
    with postgresql_schema("loads") as address:
        yield {"DATABASE_URL": address}, address


def test_two_loads_at_once_leave_one_content(store, sample):
    settings, url = store
    load_knowledge(sample, url)
    record = sample / "advisors" / "france-num.yml"
    record.write_text(record.read_text("utf-8") + "url: https://www.example.org\n", "utf-8")
    environment = os.environ | settings | {"BOUSSOLE_CONTENT": str(sample)}

    loads = [
        subprocess.Popen([sys.executable, "-m", "knowledge", "load"], cwd=ROOT, env=environment, text=True,
                         stdout=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip
    said = sorted(load.communicate(timeout=60)[0] for load in loads)

    assert [load.returncode for load in loads] == [0, 0, 0]
    assert said == ["content loaded\n"] + 2 * ["the store is up to date\n"]
    base = open_knowledge(url)
    assert [contact.url for contact in base.contacts("website")] == ["https://www.example.org"]
    base.close()
