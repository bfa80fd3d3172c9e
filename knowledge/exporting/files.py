"""Files that are whole or absent."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_MODE = 0o644


@contextmanager
def whole_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a file to write to, which takes the name `path` only once the block has ended well.

    Line ends are written as given. Where the block raises, `path` keeps what it held and nothing is left
    beside it. Raises `OSError` where the folder cannot be written to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    written = False
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _MODE)
        os.replace(name, path)
        written = True
    finally:
        if not written:
            Path(name).unlink(missing_ok=True)
