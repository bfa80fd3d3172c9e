"""Every row of docs/abuse.md is backed by a test that exists."""

import re
from pathlib import Path

import pytest

from settings import ROOT

HERE = Path(__file__).parent
PAGE = (ROOT / "docs" / "abuse.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| tried")]


def test_there_are_rows():
    assert len(ROWS) > 25


@pytest.mark.parametrize("row", ROWS)
def test_each_row_names_tests_that_exist(row):
    named = re.findall(r"`([\w./]+\.py)::(test_\w+)`", row)
    assert named, row
    for file, test in named:
        assert re.search(rf"def {test}\(", (HERE / file).read_text(encoding="utf-8")), test
