"""Starts a training in a process of its own, which goes on when the console stops."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def launcher(root: Path, folder: Path) -> Callable[[str], None]:
    """Return what starts the training of an id: `python -m deploy retrain ID` in `root`; it writes to `folder`."""

    def launch(run_id: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "retraining.log").open("ab") as log:
            # A session of its own: what stops the console's process group does not stop it.
            subprocess.Popen(
                [sys.executable, "-m", "deploy", "retrain", run_id],
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    return launch
