"""Tables of accountability: who read what, what was erased, what was deleted for its age."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Text

from conversations.models import UtcDateTime, mapper_registry


@mapper_registry.mapped
class ReadRow:
    """That somebody read something of an owner. Rows are added, and go by their age alone.

    `what` is the kind of thing, `subject_id` its id. When the owner erases it, the id gives way to its digest: who
    knows the id can still ask, and nobody else learns it.
    """

    __tablename__ = "reading_log"
    __table_args__ = (
        Index("ix_reading_log_subject", "subject_id", "what"),
        Index("ix_reading_log_account", "account_id", "at"),
    )

    id = Column(Integer, primary_key=True, autoincrement=True)
    account_id = Column(String(64), nullable=False)
    what = Column(String(20), nullable=False)
    subject_id = Column(String(255), nullable=False)
    purpose = Column(String(200), nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class ListReadRow:
    """What a reading of a list showed, beside its line in the log: how many, under which filters, of which things.

    `digests` are beginnings of the SHA-256 of their ids, divided by spaces: an erasure has nothing to take out, and who
    knows an id can still ask. `asked` holds no words that were searched: they may name somebody.
    """

    __tablename__ = "reading_log_lists"

    read_id = Column(ForeignKey("reading_log.id"), primary_key=True)
    asked = Column(String(500), nullable=False)
    shown = Column(Integer, nullable=False)
    digests = Column(Text, nullable=False)


@mapper_registry.mapped
class ErasureRow:
    """That something was erased because its owner wanted it, by the SHA-256 of its id.

    A backup that is older would bring it back: whoever restores one erases all of these again.
    """

    __tablename__ = "erasures"

    digest = Column(String(64), primary_key=True)
    what = Column(String(20), nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class PurgeReportRow:
    """What one round of deletion by age removed and left; `lines` as conversations.purge_reports writes them."""

    __tablename__ = "purge_reports"

    id = Column(Integer, primary_key=True, autoincrement=True)
    at = Column(UtcDateTime, nullable=False, index=True)
    whole = Column(Boolean, nullable=False)
    lines = Column(JSON, nullable=False)
