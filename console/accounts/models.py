"""Tables of the console's accounts; they stand in the record's database, in a metadata of their own."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import registry

from conversations.models import UtcDateTime

mapper_registry = registry()
metadata = mapper_registry.metadata


@mapper_registry.mapped
class AccountRow:
    """Somebody who may sign in, unless `disabled_at` is set. `email` is in lower case.

    `joined_at` is when the invitation was taken up. Who signs in elsewhere has no `password_hash`. `totp_secret` is
    sealed; `totp_step` is the time step of the last code that was used, so that none is taken twice.
    """

    __tablename__ = "console_accounts"

    id = Column(String(32), primary_key=True)
    email = Column(String(320), nullable=False, unique=True)
    name = Column(String(100), nullable=False)
    role = Column(String(20), nullable=False)
    bodies = Column(JSON, nullable=False)
    departments = Column(JSON, nullable=False)
    regions = Column(JSON, nullable=False)
    password_hash = Column(String(200))
    totp_secret = Column(String(400))
    totp_step = Column(BigInteger)
    created_at = Column(UtcDateTime, nullable=False)
    joined_at = Column(UtcDateTime)
    disabled_at = Column(UtcDateTime)


@mapper_registry.mapped
class SessionRow:
    """A browser that is signed in; `strong` says whether a second factor was shown.

    `id` names the session and opens nothing; of the token that opens it only the SHA-256 is kept.
    """

    __tablename__ = "console_sessions"

    id = Column(String(32), primary_key=True)
    token_hash = Column(String(64), nullable=False, unique=True)
    account_id = Column(ForeignKey("console_accounts.id"), nullable=False, index=True)
    device = Column(String(200), nullable=False)
    strong = Column(Boolean, nullable=False)
    # What the identity provider wants back when its user signs out; null for sign-in by password.
    id_token = Column(Text)
    # The sealed secret of a second factor that is being set up in this session.
    totp_secret = Column(String(400))
    created_at = Column(UtcDateTime, nullable=False)
    seen_at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class SignInRow:
    """A sign-in that waits for its second factor; `totp_secret` is the sealed one that is being set up, if any."""

    __tablename__ = "console_sign_ins"

    token_hash = Column(String(64), primary_key=True)
    account_id = Column(ForeignKey("console_accounts.id"), nullable=False, index=True)
    id_token = Column(Text)
    totp_secret = Column(String(400))
    created_at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class LinkRow:
    """An invitation or a new password, by a link that works once."""

    __tablename__ = "console_links"

    token_hash = Column(String(64), primary_key=True)
    account_id = Column(ForeignKey("console_accounts.id"), nullable=False, index=True)
    kind = Column(String(20), nullable=False)
    created_at = Column(UtcDateTime, nullable=False)
    expires_at = Column(UtcDateTime, nullable=False, index=True)


@mapper_registry.mapped
class RecoveryCodeRow:
    """A code that stands in for the second factor once; only its SHA-256 is kept."""

    __tablename__ = "console_recovery_codes"

    account_id = Column(ForeignKey("console_accounts.id"), primary_key=True)
    code_hash = Column(String(64), primary_key=True)


@mapper_registry.mapped
class AttemptRow:
    """How often somebody failed lately; `key` is the SHA-256 of what is counted, whether an account has it or not."""

    __tablename__ = "console_attempts"

    key = Column(String(64), primary_key=True)
    count = Column(Integer, nullable=False)
    last_at = Column(UtcDateTime, nullable=False, index=True)
    blocked_until = Column(UtcDateTime)


@mapper_registry.mapped
class AuditRow:
    """A change of rights: who changed what of whose account. Rows are only ever added.

    `actor_id` is null for a command of an operator.
    """

    __tablename__ = "console_audit"

    id = Column(Integer, primary_key=True)
    at = Column(UtcDateTime, nullable=False, index=True)
    actor_id = Column(String(32))
    account_id = Column(String(32), nullable=False, index=True)
    what = Column(String(40), nullable=False)
    before = Column(JSON)
    after = Column(JSON)


@mapper_registry.mapped
class ProviderStateRow:
    """A sign-in that is under way at the identity provider; taken away when its answer comes."""

    __tablename__ = "console_provider_states"

    state_hash = Column(String(64), primary_key=True)
    browser_hash = Column(String(64), nullable=False)
    nonce = Column(String(64), nullable=False)
    verifier = Column(String(128), nullable=False)
    next_path = Column(String(500), nullable=False)
    created_at = Column(UtcDateTime, nullable=False, index=True)
