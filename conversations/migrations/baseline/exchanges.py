"""The first form of the record: what advisors say, and what comes in and goes out on messaging channels."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import MOMENT, metadata

sa.Table(
    "advisor_messages",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("account_id", sa.String(64)),
    sa.Column("routed", sa.Boolean(), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "conversation_holds",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("body_name", sa.String(300)),
    sa.Column("since", MOMENT, nullable=False),
    sa.Column("until", MOMENT, nullable=False, index=True),
    sa.Column("acknowledged", sa.Boolean(), nullable=False),
)

sa.Table(
    "held_turns",
    metadata,
    sa.Column("turn_id", sa.ForeignKey("turns.id"), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "correspondents",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("sealed", sa.Text(), nullable=False),
    sa.Column("heard_at", MOMENT, nullable=False),
    sa.Column("due_at", MOMENT, index=True),
    sa.Column("leased_until", MOMENT),
    sa.Column("told_at", MOMENT),
    sa.UniqueConstraint("channel", "digest", name="uq_correspondents_digest"),
)

sa.Table(
    "seen_events",
    metadata,
    sa.Column("channel", sa.String(20), primary_key=True),
    sa.Column("provider_id", sa.String(64), primary_key=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "inbound_events",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("provider_id", sa.String(64), nullable=False),
    sa.Column("reference", sa.String(64), index=True),
    sa.Column("rank", sa.BigInteger()),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("failure", sa.String(40)),
    sa.Column("received_at", MOMENT, nullable=False),
    sa.Column("acknowledged_at", MOMENT),
    sa.Column("finished_at", MOMENT),
    sa.UniqueConstraint("channel", "provider_id", name="uq_inbound_provider"),
)

sa.Table(
    "outgoing_messages",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("name", sa.String(32), nullable=False, unique=True),
    sa.Column("body", sa.JSON()),
    sa.Column("state", sa.String(15), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("next_at", MOMENT, nullable=False),
    sa.Column("provider_id", sa.String(64), index=True),
    sa.Column("error", sa.String(200)),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("sent_at", MOMENT),
    sa.Column("delivered_at", MOMENT),
    sa.Column("finished_at", MOMENT),
    sa.Index("ix_outgoing_due", "state", "next_at"),
)
