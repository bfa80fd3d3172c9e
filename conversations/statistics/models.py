"""Table of the months whose counts are given to everybody."""

from sqlalchemy import Column, String

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class MonthRow:
    """One month, counted once after its end: nobody can compare two days of it, and it outlives the conversations.

    `month` is « 2026-11 ». `cells` are the counts that are given, each `[table, row, need, count]`; nothing in them is
    about a person, so that they are kept for ever.
    """

    __tablename__ = "statistics_months"

    month = Column(String(7), primary_key=True)
    made_at = Column(UtcDateTime, nullable=False)
    cells = Column(NullableJSON, nullable=False)
