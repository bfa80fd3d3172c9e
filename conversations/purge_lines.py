"""Deletion by age as operators read it in a terminal."""

from collections.abc import Sequence
from datetime import datetime

from conversations.keeping import Standing
from conversations.purging import Report


def standing(kinds: Sequence[Standing]) -> str:
    """Return what a round would delete, one kind a line."""
    lines = [f"{each.kind:<14}{each.days:>5} days{each.due:>9} to delete   {_oldest(each)}" for each in kinds]
    return "\n".join(lines)


def report(made: Report) -> str:
    """Return a report, one kind a line."""
    head = made.at.isoformat(timespec="seconds") + ("" if made.whole else "   stopped before its end")
    lines = [
        f"{each.kind:<14}{each.days:>5} days{each.removed:>9} deleted{each.due:>9} due   {_oldest(each)}"
        for each in made.lines
    ]
    return "\n".join([head, *lines])


def _oldest(each: Standing) -> str:
    oldest: datetime | None = each.oldest
    return f"oldest {oldest.date()}" if oldest else "none left"
