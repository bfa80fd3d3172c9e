"""Tables of advisors in conversations: what they say there, and that one has taken a conversation over."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String

from conversations.models import UtcDateTime, mapper_registry


@mapper_registry.mapped
class AdvisorMessageRow:
    """A message of the bot's side that no turn of the owner brought: where it stands, and whether it has gone out.

    `routed` is false until it has been handed to the messaging channel of its conversation; on the page, nothing is
    to be handed on.
    """

    __tablename__ = "advisor_messages"

    id = Column(Integer, primary_key=True, autoincrement=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    position = Column(Integer, nullable=False)
    account_id = Column(String(64))
    routed = Column(Boolean, nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class HoldRow:
    """That an advisor has taken a conversation over, until the lease ends or it is given back."""

    __tablename__ = "conversation_holds"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    account_id = Column(String(64), nullable=False)
    name = Column(String(200), nullable=False)
    body_name = Column(String(300))
    since = Column(UtcDateTime, nullable=False)
    until = Column(UtcDateTime, nullable=False, index=True)
    # Whether the owner has been told, since the hold began, that a message was passed on.
    acknowledged = Column(Boolean, nullable=False, default=False)


@mapper_registry.mapped
class HeldTurnRow:
    """A message of the owner that was kept from the assistant during a hold, until the advisor has answered."""

    __tablename__ = "held_turns"

    turn_id = Column(ForeignKey("turns.id"), primary_key=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False)


# All that goes with a conversation, in an order in which it may be deleted.
OF_CONVERSATION = (HeldTurnRow, HoldRow, AdvisorMessageRow)
