"""The first form of the record: requests for advice, and interests in a shared expert."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import MOMENT, metadata

sa.Table(
    "requests",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("reference", sa.String(16), nullable=False, unique=True),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("need", sa.String(40)),
    sa.Column("place", sa.JSON()),
    sa.Column("trade", sa.JSON()),
    sa.Column("headcount", sa.Integer()),
    sa.Column("summary", sa.Text(), nullable=False),
    sa.Column("name", sa.String(100)),
    sa.Column("email", sa.String(320)),
    sa.Column("phone", sa.String(20)),
    sa.Column("moment", sa.String(200)),
    sa.Column("recipient_id", sa.String(100), nullable=False),
    sa.Column("recipient_name", sa.String(300), nullable=False),
    sa.Column("recipient_email", sa.String(320)),
    sa.Column("consent", sa.Text(), nullable=False),
    sa.Column("consent_at", MOMENT, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False, index=True),
    sa.Column("changed_at", MOMENT, nullable=False, index=True),
    sa.Column("reminders_sent", sa.Integer(), nullable=False),
    sa.Index("ix_requests_waiting", "status", "created_at", "id"),
)

sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("request_id", sa.ForeignKey("requests.id"), index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("recipient", sa.String(320), nullable=False),
    sa.Column("reply_to", sa.String(320)),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("body", sa.Text(), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("next_at", MOMENT, nullable=False, index=True),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("finished_at", MOMENT),
    sa.Column("error", sa.String(200)),
    sa.Column("told", sa.Boolean(), nullable=False),
)

sa.Table(
    "request_routes",
    metadata,
    sa.Column("request_id", sa.ForeignKey("requests.id"), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("body_id", sa.String(100), index=True),
    sa.Column("departement", sa.String(3), index=True),
    sa.Column("region", sa.String(3), index=True),
    sa.Column("waits_since", MOMENT, nullable=False),
    sa.Column("routed_at", MOMENT),
    sa.Column("shares_conversation", sa.Boolean(), nullable=False),
)

sa.Table(
    "request_holders",
    metadata,
    sa.Column("request_id", sa.ForeignKey("requests.id"), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("account_id", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(320), nullable=False),
    sa.Column("body_id", sa.String(100), index=True),
    sa.Column("body_name", sa.String(300)),
    sa.Column("taken_at", MOMENT, nullable=False),
    sa.Column("replied_at", MOMENT),
    sa.Column("reminders_sent", sa.Integer(), nullable=False),
)

sa.Table(
    "request_events",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("request_id", sa.ForeignKey("requests.id"), nullable=False, index=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("account_id", sa.String(64)),
    sa.Column("name", sa.String(200)),
    sa.Column("text", sa.Text()),
    sa.Column("detail", sa.JSON()),
    sa.Column("mail_id", sa.String(32)),
)

sa.Table(
    "request_satisfactions",
    metadata,
    sa.Column("request_id", sa.ForeignKey("requests.id"), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("asked_at", MOMENT, nullable=False),
    sa.Column("answer", sa.String(10)),
    sa.Column("words", sa.Text()),
    sa.Column("answered_at", MOMENT),
)

sa.Table(
    "interest_groups",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("departement", sa.String(3), nullable=False, index=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
)

sa.Table(
    "interests",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False, unique=True),
    sa.Column("departement", sa.String(3), nullable=False, index=True),
    sa.Column("place_level", sa.String(20), nullable=False),
    sa.Column("place_code", sa.String(10), nullable=False),
    sa.Column("place_name", sa.String(200), nullable=False),
    sa.Column("division", sa.String(5)),
    sa.Column("trade", sa.String(200)),
    sa.Column("skills", sa.JSON(), nullable=False),
    sa.Column("days", sa.Float(), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("consent", sa.Text(), nullable=False),
    sa.Column("consent_at", MOMENT, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("group_id", sa.ForeignKey("interest_groups.id"), index=True),
    sa.Column("told_at", MOMENT),
)

sa.Table(
    "interest_group_notes",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("group_id", sa.ForeignKey("interest_groups.id"), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("text", sa.Text()),
    sa.Column("state", sa.String(10)),
)
