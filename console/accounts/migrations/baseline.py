"""The first form of the accounts: frozen, whatever `models.py` becomes."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)

metadata = sa.MetaData()

sa.Table(
    "console_accounts",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("email", sa.String(320), nullable=False, unique=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("bodies", sa.JSON(), nullable=False),
    sa.Column("departments", sa.JSON(), nullable=False),
    sa.Column("regions", sa.JSON(), nullable=False),
    sa.Column("password_hash", sa.String(200)),
    sa.Column("totp_secret", sa.String(400)),
    sa.Column("totp_step", sa.BigInteger()),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("joined_at", MOMENT),
    sa.Column("disabled_at", MOMENT),
)

sa.Table(
    "console_sessions",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("account_id", sa.ForeignKey("console_accounts.id"), nullable=False, index=True),
    sa.Column("device", sa.String(200), nullable=False),
    sa.Column("strong", sa.Boolean(), nullable=False),
    sa.Column("id_token", sa.Text()),
    sa.Column("totp_secret", sa.String(400)),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("seen_at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "console_sign_ins",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("console_accounts.id"), nullable=False, index=True),
    sa.Column("id_token", sa.Text()),
    sa.Column("totp_secret", sa.String(400)),
    sa.Column("created_at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "console_links",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("console_accounts.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False, index=True),
)

sa.Table(
    "console_recovery_codes",
    metadata,
    sa.Column("account_id", sa.ForeignKey("console_accounts.id"), primary_key=True),
    sa.Column("code_hash", sa.String(64), primary_key=True),
)

sa.Table(
    "console_attempts",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer(), nullable=False),
    sa.Column("last_at", MOMENT, nullable=False, index=True),
    sa.Column("blocked_until", MOMENT),
)

sa.Table(
    "console_audit",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("actor_id", sa.String(32)),
    sa.Column("account_id", sa.String(32), nullable=False, index=True),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("before", sa.JSON()),
    sa.Column("after", sa.JSON()),
)

sa.Table(
    "console_provider_states",
    metadata,
    sa.Column("state_hash", sa.String(64), primary_key=True),
    sa.Column("browser_hash", sa.String(64), nullable=False),
    sa.Column("nonce", sa.String(64), nullable=False),
    sa.Column("verifier", sa.String(128), nullable=False),
    sa.Column("next_path", sa.String(500), nullable=False),
    sa.Column("created_at", MOMENT, nullable=False, index=True),
)
