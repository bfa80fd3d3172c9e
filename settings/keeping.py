"""How long what is kept is kept."""

from pathlib import Path
from typing import Any

from pydantic import BaseSettings, Field, SecretStr, validator


class KeepingSettings(BaseSettings):
    """Days by kind; docs/privacy/registre.md says why."""

    conversation_days: int = Field(
        90,
        env="CONVERSATION_DAYS",
        ge=1,
        description="Days after the owner's last message when a conversation is erased; owners are told this number.",
    )
    request_days: int = Field(
        365,
        env="REQUEST_DAYS",
        ge=1,
        description="Days after which a request for advice (since its last change) or an interest is erased.",
    )
    trace_days: int = Field(
        365,
        env="TRACE_DAYS",
        ge=1,
        description="Days that traces of who did what are kept: who read what, exports for training, purge reports.",
    )
    backup_days: int = Field(
        30,
        env="BACKUP_DAYS",
        ge=1,
        description="Days after which `python -m deploy backup` deletes a backup in its folder.",
    )
    backup_key_file: Path | None = Field(
        None,
        env="BACKUP_KEY_FILE",
        description="File with at least 32 random bytes that backups are sealed with; keep it apart from them.",
    )
    backup_passphrase: SecretStr | None = Field(
        None,
        env="BACKUP_PASSPHRASE",
        description="Passphrase that backups are sealed with, without a key file.",
    )

    @validator("backup_key_file", pre=True)
    def _empty_is_none(cls, value: Any) -> Any:  # noqa: N805  pydantic's form
        return value or None

    @validator("backup_days")
    def _erasures_outlive_backups(cls, value: int, values: dict[str, Any]) -> int:  # noqa: N805  pydantic's form
        if value >= values.get("trace_days", value + 1):
            raise ValueError(
                "BACKUP_DAYS must be less than TRACE_DAYS: an old backup must not bring back what was erased"
            )
        return value
