"""A store that cannot be read is said in one line to who runs a command."""

import os
import subprocess
import sys

from settings import ROOT


def test_a_broken_store_is_one_line_and_no_traceback(tmp_path):
    (tmp_path / "knowledge.db").write_bytes(b"no store at all, but long enough to be read as one" * 100)

    done = subprocess.run(
        [sys.executable, "-m", "knowledge", "find", "website"],
        cwd=ROOT,
        env=os.environ | {"BOUSSOLE_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "the store does not answer: file is not a database\n"
