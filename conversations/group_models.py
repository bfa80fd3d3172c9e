"""Table of what advisors write about groups of a shared expert."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text

from conversations.models import UtcDateTime, mapper_registry


@mapper_registry.mapped
class GroupNoteRow:
    """A note on a group, or that its state was changed (`state`); it goes with its group."""

    __tablename__ = "interest_group_notes"

    id = Column(Integer, primary_key=True, autoincrement=True)
    group_id = Column(ForeignKey("interest_groups.id"), nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False)
    account_id = Column(String(64), nullable=False)
    name = Column(String(200), nullable=False)
    text = Column(Text)
    state = Column(String(10))
