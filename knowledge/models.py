"""Tables of the knowledge store.

A record is kept whole, as the JSON of its schema; the columns beside it are what is looked up or listed. A
field added to the schema therefore needs no change here, and PostgreSQL and SQLite hold the same.
"""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class AdvisorRow(Base):
    """One body that advises."""

    __tablename__ = "knowledge_advisor"

    id = Column(String(80), primary_key=True)
    name = Column(String(120), nullable=False)
    kind = Column(String(20), nullable=False, index=True)
    level = Column(String(12), nullable=False)
    territory = Column(String(9), nullable=False, index=True)
    confidence = Column(String(16), nullable=False, index=True)
    seen = Column(String(10))
    shown = Column(String(6), nullable=False)
    record = Column(JSON, nullable=False)
    needs = relationship("AdvisorNeedRow", cascade="all, delete-orphan", order_by="AdvisorNeedRow.rank")


class AdvisorNeedRow(Base):
    """One need a body answers; `rank` is its place among the body's needs, from 0."""

    __tablename__ = "knowledge_advisor_need"

    advisor_id = Column(String(80), ForeignKey("knowledge_advisor.id", ondelete="CASCADE"), primary_key=True)
    need = Column(String(20), primary_key=True, index=True)
    rank = Column(Integer, nullable=False)
    first = Column(Boolean, nullable=False)


class SchemeRow(Base):
    """One scheme that may pay."""

    __tablename__ = "knowledge_scheme"

    id = Column(String(80), primary_key=True)
    title = Column(String(120), nullable=False)
    level = Column(String(12), nullable=False)
    status = Column(String(10), nullable=False, index=True)
    closing_date = Column(String(10))
    confidence = Column(String(16), nullable=False, index=True)
    seen = Column(String(10))
    record = Column(JSON, nullable=False)
    needs = relationship("SchemeNeedRow", cascade="all, delete-orphan", order_by="SchemeNeedRow.rank")
    zones = relationship("SchemeZoneRow", cascade="all, delete-orphan")


class SchemeNeedRow(Base):
    """One need a scheme can pay for; `rank` is its place among the scheme's needs, from 0."""

    __tablename__ = "knowledge_scheme_need"

    scheme_id = Column(String(80), ForeignKey("knowledge_scheme.id", ondelete="CASCADE"), primary_key=True)
    need = Column(String(20), primary_key=True, index=True)
    rank = Column(Integer, nullable=False)


class SchemeZoneRow(Base):
    """One territory where a scheme holds (`REG-53`), or does not (`excluded`)."""

    __tablename__ = "knowledge_scheme_zone"

    scheme_id = Column(String(80), ForeignKey("knowledge_scheme.id", ondelete="CASCADE"), primary_key=True)
    zone = Column(String(16), primary_key=True, index=True)
    excluded = Column(Boolean, primary_key=True)


class DocumentRow(Base):
    """A document the whole content shares (`sectors`), or a fact about the store (`load`)."""

    __tablename__ = "knowledge_document"

    name = Column(String(40), primary_key=True)
    record = Column(JSON, nullable=False)
