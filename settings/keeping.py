"""How long what is kept is kept."""

from pydantic import BaseSettings, Field


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
