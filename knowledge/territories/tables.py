"""The territory tables as they stand on disk."""

from collections.abc import Iterator
from pathlib import Path

from yaml_files import read_yaml

CONTENT = Path(__file__).resolve().parent.parent / "content" / "territories"


def rows(stem: str, folder: Path = CONTENT) -> Iterator[list[str]]:
    """Yield the cells of each row of a table, the header left out; raises `OSError` where it is missing."""
    with (folder / f"{stem}.tsv").open(encoding="utf-8") as table:
        next(table)
        for line in table:
            yield line.rstrip("\n").split("\t")


def mapping(stem: str, folder: Path = CONTENT) -> dict:
    """Return a hand-kept YAML file: nicknames or wording."""
    return read_yaml(folder / f"{stem}.yml")
