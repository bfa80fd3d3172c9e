"""The first form of the record: who read and erased what, and the published months."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import MOMENT, metadata

sa.Table(
    "reading_log",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("subject_id", sa.String(255), nullable=False),
    sa.Column("purpose", sa.String(200), nullable=False),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Index("ix_reading_log_account", "account_id", "at"),
    sa.Index("ix_reading_log_subject", "subject_id", "what"),
)

sa.Table(
    "erasures",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "purge_reports",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("whole", sa.Boolean(), nullable=False),
    sa.Column("lines", sa.JSON(), nullable=False),
)

sa.Table(
    "statistics_months",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("cells", sa.JSON(), nullable=False),
)
