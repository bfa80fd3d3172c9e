"""Tables of the knowledge store.

A record is kept whole, as the JSON of its schema, under a key that is never used again: a record that changes
gets a new key, so that what was read under a key stays true for ever and may be kept in memory. Beside the
records stand *postings*, one for each need a record answers in each zone: all that the order of an answer
depends on, in columns, so that a look-up reads one range of one index and never a record it does not show.
A field added to the schema therefore needs no change here, and PostgreSQL and SQLite hold the same.
"""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, SmallInteger, String, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()

# Ids are compared byte by byte on both databases, so that ties end the same way.
SLUG = String(80).with_variant(String(80, collation="C"), "postgresql")


class AdvisorRow(Base):
    """One body that advises, as it is served."""

    __tablename__ = "knowledge_advisor"

    key = Column(Integer, primary_key=True, autoincrement=False)
    id = Column(SLUG, nullable=False, unique=True)
    kind = Column(String(20), nullable=False, index=True)
    level = Column(String(12), nullable=False)
    territory = Column(String(9), nullable=False, index=True)
    confidence = Column(String(16), nullable=False, index=True)
    seen = Column(String(10))
    record = Column(Text, nullable=False)


class AdvisorPosting(Base):
    """One need that a body answers in one zone, with what decides its place in an answer.

    `zone` is a zone of the body's area (`DEP-29`), or `DEP-29/part` for a zone that holds only a part of it;
    `need` is a need's code, or `general`. `audience` says for each NAF division and section whether the body
    serves it (`knowledge.naf.profile`); lists are texts between commas (`,DE,EU,`).

    `standing` is the place among the postings of the zone that no question puts in another order, 1 first; 0 for
    one whose place depends on who asks. It is in the key, so that of thousands in a zone only the first are read.
    """

    __tablename__ = "knowledge_advisor_posting"

    need = Column(String(20), primary_key=True)
    zone = Column(String(20), primary_key=True)
    standing = Column(BigInteger, primary_key=True, autoincrement=False)
    id = Column(SLUG, primary_key=True)
    key = Column(Integer, ForeignKey("knowledge_advisor.key", ondelete="CASCADE"), nullable=False, index=True)
    excluded = Column(Text)
    last = Column(SmallInteger, nullable=False)
    later = Column(SmallInteger, nullable=False)
    coverage = Column(SmallInteger, nullable=False)
    family = Column(String(20), nullable=False)
    network = Column(String(60))
    head = Column(SmallInteger, nullable=False)
    trade = Column(String(10))
    audience = Column(String(120))
    staff_min = Column(Integer)
    staff_max = Column(Integer)
    countries = Column(Text)
    languages = Column(Text)
    seat_commune = Column(String(20))
    seat_epci = Column(String(20))
    seat_departement = Column(String(20))
    population = Column(Integer, nullable=False)
    trust = Column(SmallInteger, nullable=False)
    seen = Column(Integer, nullable=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SchemeRow(Base):
    """One scheme that may pay, as it is served."""

    __tablename__ = "knowledge_scheme"

    key = Column(Integer, primary_key=True, autoincrement=False)
    id = Column(SLUG, nullable=False, unique=True)
    level = Column(String(12), nullable=False)
    status = Column(String(10), nullable=False, index=True)
    closing_date = Column(String(10))
    confidence = Column(String(16), nullable=False, index=True)
    seen = Column(String(10))
    record = Column(Text, nullable=False)


class SchemePosting(Base):
    """One need that a scheme can pay for in one zone, with what a first order needs; days are YYYYMMDD.

    `ruled_out` has an `x` for each NAF division and section whose firms cannot get it; `undecided` is 1 where no fact
    of a firm can decide that it gets it.
    """

    __tablename__ = "knowledge_scheme_posting"

    need = Column(String(20), primary_key=True)
    zone = Column(String(20), primary_key=True)
    key = Column(
        Integer, ForeignKey("knowledge_scheme.key", ondelete="CASCADE"), primary_key=True, index=True
    )
    id = Column(SLUG, nullable=False)
    variant_of = Column(SLUG)
    excluded = Column(Text)
    status = Column(String(10), nullable=False)
    closing = Column(Integer)
    aside = Column(SmallInteger, nullable=False)
    one_subject = Column(SmallInteger, nullable=False)
    staff_min = Column(Integer)
    staff_max = Column(Integer)
    floor = Column(Integer)
    ruled_out = Column(String(120))
    undecided = Column(SmallInteger, nullable=False)
    level = Column(SmallInteger, nullable=False)
    breadth = Column(SmallInteger, nullable=False)
    trust = Column(SmallInteger, nullable=False)
    known = Column(Integer, nullable=False)
    known_day = Column(Integer)

    __table_args__ = ({"sqlite_with_rowid": False},)


class GuidanceRow(Base):
    """One piece of guidance: a cost, a rule, a term…"""

    __tablename__ = "knowledge_guidance"

    section = Column(String(20), primary_key=True)
    id = Column(SLUG, primary_key=True)
    record = Column(Text, nullable=False)


class DocumentRow(Base):
    """What the whole content shares (`sectors`), or a fact about the store (`load`, `keys`)."""

    __tablename__ = "knowledge_document"

    name = Column(String(40), primary_key=True)
    record = Column(JSON, nullable=False)
