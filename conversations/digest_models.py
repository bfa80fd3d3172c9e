"""Tables that lists of conversations are made from: one short row a conversation, and what it has several of."""

from sqlalchemy import DDL, Boolean, Column, Float, ForeignKey, Index, Integer, String, event
from sqlalchemy.orm import deferred

from conversations.facet_triggers import DIGESTS, INDEXES, TABLES, statements
from conversations.facets import Facets
from conversations.models import NullableJSON, UtcDateTime, mapper_registry

NEW_REVIEW = "new"


@mapper_registry.mapped
class DigestRow:
    """What lists filter and sort on; all of it can be made again from the record, but for the review.

    `active_at` is the last message of either side. `excerpt` is how the owner began, `needs` are in the order heard.
    `lowest_confidence` is that of the owner's least understood message, `doubtful` tells that choices were offered
    because a message was not understood, `failed` that a turn was not answered at its first attempt.
    `thumb_up` and `thumb_down` are about the opinions that stand now, `request_status` is that of the last request.
    `review_state` and `reviewer_id` stand here alone and are written by whoever reviews.
    """

    __tablename__ = "conversation_digests"

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    begun_at = Column(UtcDateTime, nullable=False)
    active_at = Column(UtcDateTime, nullable=False)
    channel = Column(String(20), nullable=False)
    departement = Column(String(3))
    region = Column(String(3))
    place = Column(String(200))
    trade = Column(String(5))
    headcount = Column(Integer)
    needs = Column(NullableJSON)
    turns = Column(Integer, nullable=False, default=0)
    excerpt = Column(String(200))
    lowest_confidence = Column(Float)
    doubtful = Column(Boolean, nullable=False, default=False)
    failed = Column(Boolean, nullable=False, default=False)
    thumb_up = Column(Boolean, nullable=False, default=False)
    thumb_down = Column(Boolean, nullable=False, default=False)
    requests = Column(Integer, nullable=False, default=0)
    request_status = Column(String(20))
    model_id = Column(String(200))
    review_state = Column(String(20), nullable=False, default=NEW_REVIEW, server_default=NEW_REVIEW)
    reviewer_id = Column(String(64))
    # Written by triggers alone (facet_triggers.py).
    facets = deferred(Column(Facets))


# The order of lists and what they filter on have indexes of each database's own (facet_triggers.py). These are for
# statistics, and for the choices that filters offer.
for _name in ("begun_at", "channel", "departement", "region", "reviewer_id"):
    Index(f"ix_digests_by_{_name}", DigestRow.__table__.columns[_name])


@mapper_registry.mapped
class ConversationNeedRow:
    """One need that was heard in a conversation."""

    __tablename__ = "conversation_needs"
    __table_args__ = (Index("ix_conversation_needs_need", "need", "conversation_id"),)

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    need = Column(String(40), primary_key=True)


@mapper_registry.mapped
class ConversationModelRow:
    """One model that answered in a conversation."""

    __tablename__ = "conversation_models"
    __table_args__ = (Index("ix_conversation_models_model", "model_id", "conversation_id"),)

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    model_id = Column(String(200), primary_key=True)


@mapper_registry.mapped
class ConversationBodyRow:
    """One body that a request of the conversation was made to: its advisors may see the conversation."""

    __tablename__ = "conversation_bodies"
    __table_args__ = (Index("ix_conversation_bodies_body", "body_id", "conversation_id"),)

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    body_id = Column(String(100), primary_key=True)


@mapper_registry.mapped
class TagRow:
    """One tag that somebody gave a conversation; written by whoever reviews."""

    __tablename__ = "conversation_tags"
    __table_args__ = (Index("ix_conversation_tags_tag", "tag", "conversation_id"),)

    conversation_id = Column(ForeignKey("conversations.id"), primary_key=True)
    tag = Column(String(60), primary_key=True)


@mapper_registry.mapped
class FillingRow:
    """That the digests of what was recorded before they existed have been made, by the version of their meaning."""

    __tablename__ = "digest_fillings"

    version = Column(Integer, primary_key=True, autoincrement=False)
    at = Column(UtcDateTime, nullable=False)


# All that goes with a conversation, in an order in which it may be deleted.
OF_CONVERSATION = (TagRow, ConversationBodyRow, ConversationModelRow, ConversationNeedRow, DigestRow)

for _dialect, _indexes in INDEXES.items():
    _of = {table: statements(_dialect, table) for table in TABLES}
    _of[DIGESTS] += _indexes
    for _table, _statements in _of.items():
        for _statement in _statements:
            _made = DDL(_statement).execute_if(dialect=_dialect)
            event.listen(mapper_registry.metadata.tables[_table], "after_create", _made)
