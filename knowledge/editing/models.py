"""Table of the changes made in the console, published or not: what waits, and the history of each record."""

from sqlalchemy import JSON, Column, DateTime, Index, Integer, String, Text

from knowledge.models import SLUG, Base


class ChangeRow(Base):
    """One change of one record; times are UTC.

    `kind` is advisor or scheme. `before` is the record as it was served when the change was made (null for a new one),
    `record` what it is to be, both as JSON; `fields` names what differs. `state` is a `State`, `act` an `Act`.
    Names are kept as they were that day: an account may be gone when its work is read.
    """

    __tablename__ = "knowledge_change"

    id = Column(Integer, primary_key=True)
    kind = Column(String(10), nullable=False)
    slug = Column(SLUG, nullable=False)
    before = Column(Text)
    record = Column(Text, nullable=False)
    fields = Column(JSON, nullable=False)
    note = Column(Text)
    act = Column(String(10), nullable=False, server_default="edit")
    state = Column(String(10), nullable=False, index=True)
    author_id = Column(String(64), nullable=False)
    author_name = Column(String(200), nullable=False)
    made_at = Column(DateTime, nullable=False)
    decided_by_id = Column(String(64))
    decided_by_name = Column(String(200))
    decided_at = Column(DateTime)
    reason = Column(Text)

    __table_args__ = (Index("knowledge_change_record", "kind", "slug"),)
