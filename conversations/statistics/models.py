"""Tables of what is counted beside the digests, and of the months whose counts are given to everybody."""

from sqlalchemy import Column, ForeignKey, String

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class SignRow:
    """One thing that a conversation says of what followed, however often it was said there.

    `kind` and `code` are those of `signs.py`: a need that nobody was named for, a scheme (with its `title`), a barrier.
    Made again from the record with the digests.
    """

    __tablename__ = "conversation_signs"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    kind = Column(String(20), primary_key=True)
    code = Column(String(100), primary_key=True)
    title = Column(String(200))


@mapper_registry.mapped
class MonthRow:
    """One month, counted once after its end: nobody can compare two days of it, and it outlives the conversations.

    `month` is « 2026-11 ». `cells` are the counts that are given, each `[table, row, need, count]` and, for a scheme,
    its title; nothing in them is about a person, so that they are kept for ever.
    """

    __tablename__ = "statistics_months"

    month = Column(String(7), primary_key=True)
    made_at = Column(UtcDateTime, nullable=False)
    cells = Column(NullableJSON, nullable=False)
