"""The first form of the record: frozen, whatever the models become. What its tables have in common."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STEMS = sa.Text().with_variant(TSVECTOR, "postgresql")

metadata = sa.MetaData()
