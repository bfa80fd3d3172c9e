"""Tables of what was imported: the records of each source as it gave them, before they are merged.

What is served is made from these and nothing else, so that a source that withdraws a record, or one that is
believed more, changes what is served without anybody reading another file again.
"""

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, String, Text

from knowledge.models import SLUG, Base


class ImportRun(Base):
    """One import of one file that was carried through; times are UTC."""

    __tablename__ = "knowledge_import_run"

    id = Column(Integer, primary_key=True)
    source = Column(String(40), nullable=False, index=True)
    file_name = Column(String(200), nullable=False)
    digest = Column(String(64))
    file_date = Column(String(10))
    started = Column(DateTime, nullable=False)
    finished = Column(DateTime)
    counts = Column(JSON)


class SourceRecord(Base):
    """One record as one source gives it, and the slug it is served under.

    `kind` is advisor or scheme. `family`, `territory` and `seat` are what a record of another source must
    share to be the same: the kind of body and where it stands, or the zones of a scheme.
    """

    __tablename__ = "knowledge_source_record"

    source = Column(String(40), primary_key=True)
    kind = Column(String(10), primary_key=True)
    source_id = Column(String(200), primary_key=True)
    slug = Column(SLUG, nullable=False)
    digest = Column(String(64), nullable=False)
    name = Column(String(200), nullable=False)
    family = Column(String(20), nullable=False)
    territory = Column(String(64), nullable=False)
    seat = Column(String(20))
    record = Column(Text, nullable=False)
    aliases = Column(JSON, nullable=False)
    run = Column(Integer, ForeignKey("knowledge_import_run.id"), nullable=False, index=True)

    __table_args__ = (
        Index("knowledge_source_record_slug", "kind", "slug"),
        Index("knowledge_source_record_alike", "kind", "family", "territory"),
    )


class WithdrawalRow(Base):
    """A record that is served no more, whatever sources bring; `record` is what was served last, `at` is UTC."""

    __tablename__ = "knowledge_withdrawal"

    kind = Column(String(10), primary_key=True)
    slug = Column(SLUG, primary_key=True)
    record = Column(Text, nullable=False)
    at = Column(DateTime, nullable=False)


class SourceKey(Base):
    """One name under which other sources may know a record: `directory:cci-29232-01`."""

    __tablename__ = "knowledge_source_key"

    kind = Column(String(10), primary_key=True)
    key = Column(String(300), primary_key=True)
    source = Column(String(40), primary_key=True)
    source_id = Column(String(200), primary_key=True)

    __table_args__ = (Index("knowledge_source_key_record", "source", "kind", "source_id"),)


class SetAsideRow(Base):
    """One record that a run could not take, and why."""

    __tablename__ = "knowledge_import_set_aside"

    id = Column(Integer, primary_key=True)
    run = Column(Integer, ForeignKey("knowledge_import_run.id"), nullable=False, index=True)
    source_id = Column(String(200))
    place = Column(String(80), nullable=False)
    reason = Column(String(500), nullable=False)
    excerpt = Column(String(300), nullable=False)


class MergeTrace(Base):
    """Which source gave a field of a served record, where another source says something else."""

    __tablename__ = "knowledge_merge_trace"

    kind = Column(String(10), primary_key=True)
    slug = Column(SLUG, primary_key=True)
    field = Column(String(40), primary_key=True)
    source = Column(String(40), nullable=False)
    lost = Column(JSON, nullable=False)
