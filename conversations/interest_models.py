"""Tables of the shared digital officer: interests, and the groups that they make."""

from sqlalchemy import JSON, Column, Float, ForeignKey, String, Text

from conversations.models import UtcDateTime, mapper_registry


@mapper_registry.mapped
class GroupRow:
    """Firms of one département that could share an expert: a proposal for advisors."""

    __tablename__ = "interest_groups"

    id = Column(String(32), primary_key=True)
    departement = Column(String(3), nullable=False, index=True)
    state = Column(String(10), nullable=False)
    created_at = Column(UtcDateTime, nullable=False)


@mapper_registry.mapped
class InterestRow:
    """One owner who would share an expert, and their consent.

    No foreign key to the conversation: rasa's rest channel has senders that the record does not know.
    `told_at` is null while the owner does not know what became of the interest.
    """

    __tablename__ = "interests"

    id = Column(String(32), primary_key=True)
    conversation_id = Column(String(255), nullable=False, unique=True)
    departement = Column(String(3), nullable=False, index=True)
    place_level = Column(String(20), nullable=False)
    place_code = Column(String(10), nullable=False)
    place_name = Column(String(200), nullable=False)
    division = Column(String(5))
    trade = Column(String(200))
    skills = Column(JSON, nullable=False)
    days = Column(Float, nullable=False)
    email = Column(String(254), nullable=False)
    consent = Column(Text, nullable=False)
    consent_at = Column(UtcDateTime, nullable=False)
    state = Column(String(10), nullable=False)
    group_id = Column(ForeignKey("interest_groups.id"), index=True)
    told_at = Column(UtcDateTime)
