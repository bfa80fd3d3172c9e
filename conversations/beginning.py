"""The row that a conversation begins with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from conversations.models import ConversationRow
from conversations.tokens import new_id, new_token, token_hash


def begin(channel: str, territory: Mapping[str, Any] | None, now: datetime) -> tuple[str, ConversationRow]:
    """Return the owner's token, which is not kept, and the row to add."""
    token = new_token()
    row = ConversationRow(
        id=new_id(),
        token_hash=token_hash(token),
        channel=channel,
        territory=dict(territory) if territory else None,
        created_at=now,
        last_seen_at=now,
        last_position=0,
    )
    return token, row
