"""What the service of requests takes and hands out: plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Status = Literal["new", "taken", "done", "done without help", "unreachable", "not for us"]
NEW: Status = "new"
TAKEN: Status = "taken"
CLOSED: tuple[Status, ...] = ("done", "done without help", "unreachable", "not for us")

# Kinds of mail about a request.
CONFIRMATION = "confirmation"  # to the owner
NOTICE = "notice"  # to who receives the request
REMINDER = "reminder"  # to the same, when nothing happens


@dataclass(frozen=True)
class Recipient:
    """Who receives a request; without an address it is only read where requests are kept."""

    id: str
    name: str
    email: str | None = None


@dataclass(frozen=True)
class NewRequest:
    """A request that its owner has agreed to pass on.

    `place` is `{"level", "code", "name"}`, `trade` `{"division", "trade", …}`; `consent` are the words agreed to, and
    `shares_conversation` tells that they let an advisor read the conversation. At least one of `email` and `phone` is
    given.
    """

    conversation_id: str
    summary: str
    recipient: Recipient
    consent: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    moment: str | None = None
    need: str | None = None
    place: dict[str, Any] | None = None
    trade: dict[str, Any] | None = None
    headcount: int | None = None
    shares_conversation: bool = False


@dataclass(frozen=True)
class Request:
    """A request as it stands now; `mail` says by kind what became of the e-mails about it,
    `withdrawn` that its owner took it back.

    A state of mail is `due`, `sent`, `refused` (by the other side, for good) or `given up` (after many attempts).
    """

    id: str
    conversation_id: str
    reference: str
    status: Status
    need: str | None
    place: dict[str, Any] | None
    trade: dict[str, Any] | None
    headcount: int | None
    summary: str
    name: str | None
    email: str | None
    phone: str | None
    moment: str | None
    recipient: Recipient
    consent: str
    consent_at: datetime
    created_at: datetime
    changed_at: datetime
    reminders_sent: int
    mail: dict[str, str]
    withdrawn: bool = False

    @property
    def mail_failed(self) -> list[str]:
        """Return the kinds of mail that never arrived."""
        return [kind for kind, state in self.mail.items() if state in ("refused", "given up")]
