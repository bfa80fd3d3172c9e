"""Ages of partial dates, counted from the last day they can mean."""

from calendar import monthrange
from datetime import date

from knowledge.dates import last_day


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def older_than(partial: str, months: int, today: date) -> bool:
    """Say whether more than `months` have passed since a partial date; exactly so many are not more."""
    return months_later(last_day(partial), months) < today


def whole_years(partial: str, today: date) -> int:
    """Return the whole years passed since a partial date, 0 for one to come."""
    day = last_day(partial)
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return max(years, 0)
