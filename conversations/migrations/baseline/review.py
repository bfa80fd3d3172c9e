"""The first form of the record: what people make of turns, and the trainings that follow."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import MOMENT, metadata

sa.Table(
    "review_turns",
    metadata,
    sa.Column("turn_id", sa.ForeignKey("turns.id"), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("verdict", sa.String(12), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("intent", sa.String(60)),
    sa.Column("needs", sa.JSON(), nullable=False),
    sa.Column("about", sa.String(40)),
    sa.Column("entities", sa.JSON(), nullable=False),
    sa.Column("comment", sa.Text()),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("account_name", sa.String(200), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "review_events",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("turn_id", sa.String(32)),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("value", sa.JSON()),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("account_name", sa.String(200), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "review_candidates",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(32), index=True),
    sa.Column("turn_id", sa.String(32), index=True),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("folded", sa.Text(), nullable=False),
    sa.Column("label", sa.String(60), nullable=False),
    sa.Column("needs", sa.JSON(), nullable=False),
    sa.Column("about", sa.String(40)),
    sa.Column("entities", sa.JSON(), nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("proposed_by", sa.String(64), nullable=False),
    sa.Column("proposed_name", sa.String(200), nullable=False),
    sa.Column("proposed_at", MOMENT, nullable=False),
    sa.Column("decided_by", sa.String(64)),
    sa.Column("decided_name", sa.String(200)),
    sa.Column("decided_at", MOMENT),
    sa.Column("reason", sa.Text()),
    sa.CheckConstraint(
        "decided_by IS NULL OR decided_by <> proposed_by", name="ck_review_candidates_two_people"
    ),
)

sa.Table(
    "review_exports",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("lines", sa.Integer(), nullable=False),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("account_name", sa.String(200), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

sa.Table(
    "review_export_lines",
    metadata,
    sa.Column("export_id", sa.ForeignKey("review_exports.id"), primary_key=True),
    sa.Column("candidate_id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(32), index=True),
)

sa.Table(
    "model_runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("active", sa.Integer()),
    sa.Column("export_id", sa.String(32), nullable=False),
    sa.Column("why", sa.Text(), nullable=False),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("account_name", sa.String(200), nullable=False),
    sa.Column("asked_at", MOMENT, nullable=False, index=True),
    sa.Column("started_at", MOMENT),
    sa.Column("beat_at", MOMENT, nullable=False),
    sa.Column("ended_at", MOMENT),
    sa.Column("step", sa.String(20)),
    sa.Column("log", sa.Text(), nullable=False),
    sa.Column("failure", sa.String(40)),
    sa.Column("present_model", sa.String(200)),
    sa.Column("candidate_model", sa.String(200)),
    sa.Column("base", sa.String(64)),
    sa.Column("report", sa.JSON()),
    sa.UniqueConstraint("active", name="uq_model_runs_active"),
)

sa.Table(
    "model_decisions",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("run_id", sa.ForeignKey("model_runs.id")),
    sa.Column("model", sa.String(200)),
    sa.Column("account_id", sa.String(64), nullable=False),
    sa.Column("account_name", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("outcome", sa.String(10), nullable=False),
    sa.Column("failure", sa.String(40)),
)
