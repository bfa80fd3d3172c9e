"""Dates as precise as they are known: `2024`, `2024-06`, `2024-06-28`."""

from calendar import monthrange
from datetime import date


def last_day(partial: str) -> date:
    """Return the last day a partial date can mean: 2024-06 is 30 June 2024."""
    parts = [int(part) for part in partial.split("-")]
    year, month = (*parts, 12)[:2]
    return date(year, month, parts[2] if len(parts) == 3 else monthrange(year, month)[1])


def sortable(partial: str | None) -> int:
    """Return a number that grows with the date and with its precision; 0 where there is none."""
    return int((partial or "0").replace("-", "").ljust(8, "0"))


def as_number(day: date) -> int:
    """Return the day as YYYYMMDD, which compares like the day."""
    return day.year * 10_000 + day.month * 100 + day.day
