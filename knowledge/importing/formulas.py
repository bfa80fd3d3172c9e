"""Cells that a spreadsheet would run: made harmless when a table is written, and given back when one is read."""

MARK = "'"  # before a cell, it makes a text of it in every spreadsheet
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width forms are run too


def runs(cell: str) -> bool:
    """Say whether a spreadsheet would run `cell` as a formula."""
    return cell.startswith(_RUN) or cell.lstrip().startswith(_RUN)


def neutral(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it: `=1+1` becomes `'=1+1`."""
    return f"{MARK}{cell}" if runs(cell) else cell


def given_back(cell: str) -> str:
    """Return `cell` as it was before `neutral`."""
    return cell[1:] if cell.startswith(MARK) and runs(cell[1:]) else cell
