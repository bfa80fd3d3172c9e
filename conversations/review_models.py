"""Tables of the review: what people make of turns, what they propose for training, what was exported."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Text

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class ReviewTurnRow:
    """What a person makes of one turn, the last word on it.

    `text` is the owner's message with names and numbers replaced; `entities` have their places there. `intent`, `needs`
    and `about` are what the message says, whether it was understood so or not.
    """

    __tablename__ = "review_turns"

    turn_id = Column(ForeignKey("turns.id"), primary_key=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    verdict = Column(String(12), nullable=False)
    text = Column(Text, nullable=False)
    intent = Column(String(60))
    needs = Column(JSON, nullable=False)
    about = Column(String(40))
    entities = Column(JSON, nullable=False)
    comment = Column(Text)
    account_id = Column(String(64), nullable=False)
    account_name = Column(String(200), nullable=False)
    at = Column(UtcDateTime, nullable=False)


@mapper_registry.mapped
class ReviewEventRow:
    """One act of a review: who did what, and when. Rows are added, never changed."""

    __tablename__ = "review_events"

    id = Column(String(32), primary_key=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    turn_id = Column(String(32))
    what = Column(String(20), nullable=False)
    value = Column(NullableJSON)
    account_id = Column(String(64), nullable=False)
    account_name = Column(String(200), nullable=False)
    at = Column(UtcDateTime, nullable=False)


@mapper_registry.mapped
class CandidateRow:
    """A message that somebody proposes for training, and what a second person decided.

    No foreign keys: an approved message, which names nobody, outlives its conversation by age (then both ids are null),
    but not the owner's erasure.
    """

    __tablename__ = "review_candidates"
    __table_args__ = (
        CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name="ck_review_candidates_two_people"
        ),
    )

    id = Column(String(32), primary_key=True)
    conversation_id = Column(String(32), index=True)
    turn_id = Column(String(32), index=True)
    text = Column(Text, nullable=False)
    folded = Column(Text, nullable=False)
    label = Column(String(60), nullable=False)
    needs = Column(JSON, nullable=False)
    about = Column(String(40))
    entities = Column(JSON, nullable=False)
    state = Column(String(12), nullable=False, index=True)
    proposed_by = Column(String(64), nullable=False)
    proposed_name = Column(String(200), nullable=False)
    proposed_at = Column(UtcDateTime, nullable=False)
    decided_by = Column(String(64))
    decided_name = Column(String(200))
    decided_at = Column(UtcDateTime)
    reason = Column(Text)


@mapper_registry.mapped
class ExportRow:
    """One export of approved messages, as files or for a training; `lines` is how many it held."""

    __tablename__ = "review_exports"

    id = Column(String(32), primary_key=True)
    kind = Column(String(10), nullable=False)
    lines = Column(Integer, nullable=False)
    account_id = Column(String(64), nullable=False)
    account_name = Column(String(200), nullable=False)
    at = Column(UtcDateTime, nullable=False)


@mapper_registry.mapped
class ExportLineRow:
    """One message that an export holds; an erased conversation takes it along, which tells that the export is stale."""

    __tablename__ = "review_export_lines"

    export_id = Column(ForeignKey("review_exports.id"), primary_key=True)
    candidate_id = Column(String(32), primary_key=True)
    conversation_id = Column(String(32), index=True)


# What goes with a conversation, whatever takes it away.
OF_REVIEW = (ReviewTurnRow, ReviewEventRow)
