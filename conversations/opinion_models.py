"""Table of what owners think of answers."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text

from conversations.models import UtcDateTime, mapper_registry


@mapper_registry.mapped
class OpinionRow:
    """One opinion on one message of the bot, the last one given. `reason` and `words` go with a thumb down."""

    __tablename__ = "opinions"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    thumb = Column(String(4), nullable=False)
    reason = Column(String(20))
    words = Column(Text)
    at = Column(UtcDateTime, nullable=False, index=True)
