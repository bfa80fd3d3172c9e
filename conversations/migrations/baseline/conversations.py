"""The first form of the record: what was said, and what lists and searches are made from."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import MOMENT, NUMBER, STEMS, metadata

sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("territory", sa.JSON()),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("last_seen_at", MOMENT, nullable=False, index=True),
    sa.Column("last_position", sa.Integer(), nullable=False),
)

sa.Table(
    "token_serials",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("serial", sa.Integer(), nullable=False),
    sa.Column("since", MOMENT, nullable=False),
)

sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("message_id", sa.String(100)),
    sa.Column("text", sa.Text()),
    sa.Column("position", sa.Integer()),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("understood", sa.JSON()),
    sa.Column("model_id", sa.String(200)),
    sa.Column("failure", sa.String(40)),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("received_at", MOMENT, nullable=False, index=True),
    sa.Column("finished_at", MOMENT),
    sa.UniqueConstraint("conversation_id", "message_id", name="uq_turns_message"),
)

sa.Table(
    "openings",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("turn_id", sa.ForeignKey("turns.id"), nullable=False),
    sa.Column("territory", sa.JSON()),
    sa.Column("need", sa.String(40)),
)

sa.Table(
    "bot_messages",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("position", sa.Integer(), primary_key=True),
    sa.Column("turn_id", sa.ForeignKey("turns.id"), nullable=False, index=True),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("buttons", sa.JSON()),
    sa.Column("custom", sa.JSON()),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "opinions",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("position", sa.Integer(), primary_key=True),
    sa.Column("thumb", sa.String(4), nullable=False),
    sa.Column("reason", sa.String(20)),
    sa.Column("words", sa.Text()),
    sa.Column("at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "conversation_digests",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("begun_at", MOMENT, nullable=False),
    sa.Column("active_at", MOMENT, nullable=False),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("departement", sa.String(3)),
    sa.Column("region", sa.String(3)),
    sa.Column("place", sa.String(200)),
    sa.Column("trade", sa.String(5)),
    sa.Column("headcount", sa.Integer()),
    sa.Column("needs", sa.JSON()),
    sa.Column("turns", sa.Integer(), nullable=False),
    sa.Column("excerpt", sa.String(200)),
    sa.Column("lowest_confidence", sa.Float()),
    sa.Column("doubtful", sa.Boolean(), nullable=False),
    sa.Column("failed", sa.Boolean(), nullable=False),
    sa.Column("thumb_up", sa.Boolean(), nullable=False),
    sa.Column("thumb_down", sa.Boolean(), nullable=False),
    sa.Column("requests", sa.Integer(), nullable=False),
    sa.Column("request_status", sa.String(20)),
    sa.Column("model_id", sa.String(200)),
    sa.Column("review_state", sa.String(20), nullable=False, server_default="new"),
    sa.Column("reviewer_id", sa.String(64)),
    sa.Index("ix_digests_activity", "active_at", "conversation_id"),
    sa.Index("ix_digests_begun", "begun_at"),
    sa.Index("ix_digests_channel", "channel", "active_at", "conversation_id"),
    sa.Index("ix_digests_departement", "departement", "active_at", "conversation_id"),
    sa.Index(
        "ix_digests_doubtful",
        "active_at",
        "conversation_id",
        sqlite_where=sa.text("doubtful"),
        postgresql_where=sa.text("doubtful"),
    ),
    sa.Index(
        "ix_digests_failed",
        "active_at",
        "conversation_id",
        sqlite_where=sa.text("failed"),
        postgresql_where=sa.text("failed"),
    ),
    sa.Index("ix_digests_region", "region", "active_at", "conversation_id"),
    sa.Index(
        "ix_digests_request_status",
        "request_status",
        "active_at",
        "conversation_id",
        sqlite_where=sa.text("request_status IS NOT NULL"),
        postgresql_where=sa.text("request_status IS NOT NULL"),
    ),
    sa.Index("ix_digests_review_state", "review_state", "active_at", "conversation_id"),
    sa.Index(
        "ix_digests_reviewer_id",
        "reviewer_id",
        "active_at",
        "conversation_id",
        sqlite_where=sa.text("reviewer_id IS NOT NULL"),
        postgresql_where=sa.text("reviewer_id IS NOT NULL"),
    ),
    sa.Index(
        "ix_digests_thumb_down",
        "active_at",
        "conversation_id",
        sqlite_where=sa.text("thumb_down"),
        postgresql_where=sa.text("thumb_down"),
    ),
)

sa.Table(
    "conversation_needs",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("need", sa.String(40), primary_key=True),
    sa.Index("ix_conversation_needs_need", "need", "conversation_id"),
)

sa.Table(
    "conversation_models",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("model_id", sa.String(200), primary_key=True),
    sa.Index("ix_conversation_models_model", "model_id", "conversation_id"),
)

sa.Table(
    "conversation_bodies",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("body_id", sa.String(100), primary_key=True),
    sa.Index("ix_conversation_bodies_body", "body_id", "conversation_id"),
)

sa.Table(
    "conversation_tags",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("tag", sa.String(60), primary_key=True),
    sa.Index("ix_conversation_tags_tag", "tag", "conversation_id"),
)

sa.Table(
    "digest_fillings",
    metadata,
    sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "passages",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("turn_id", sa.ForeignKey("turns.id"), nullable=False, unique=True),
    sa.Column("words", STEMS, nullable=False),
)

sa.Table(
    "saved_views",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("account_id", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("query", sa.Text(), nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.UniqueConstraint("account_id", "name", name="uq_saved_views_name"),
)
