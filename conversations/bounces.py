"""Reads what mail servers send back when an e-mail of ours did not arrive after all (RFC 3464, and Exim's own form)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

# Every mail of ours carries its id so, in two headers (conversations/mailer.py); nobody guesses one.
_OURS = re.compile(r"<([0-9a-f]{32})@")
_ACTION = re.compile(r"^action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"^status:\s*([245]\.\d+\.\d+)", re.IGNORECASE | re.MULTILINE)
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
# Exim's header, in notices without a report.
_FAILED_RECIPIENTS = "X-Failed-Recipients"


@dataclass(frozen=True)
class Bounce:
    """The mail `mail_id` was accepted by a server, and did not arrive; `why` is the server's code, if it gave one."""

    mail_id: str
    why: str


def read_bounce(raw: bytes) -> Bounce | None:
    """Return what a message says of a mail of ours that failed for good.

    None for every other message: a delay, a receipt, an absence, a failure of somebody else's mail.
    """
    message = message_from_bytes(raw, policy=compat32)
    reports = [part.as_string() for part in message.walk() if part.get_content_type() in _REPORTS]
    actions = {action.lower() for report in reports for action in _ACTION.findall(report)}
    failed = "failed" in actions if reports else _FAILED_RECIPIENTS in message
    ours = next((found for text in _texts(message) for found in _OURS.findall(text)), None)
    if not failed or ours is None:
        return None
    codes = [code for report in reports for code in _STATUS.findall(report)]
    return Bounce(ours, f"returned {codes[0]}" if codes else "returned")


def _texts(message: Message) -> Iterator[str]:
    """Yield what may name a mail: the headers of the message and of all it holds, then the texts."""
    for part in message.walk():
        yield from (str(value) for value in part.values())
    for part in message.walk():
        if part.get_content_maintype() == "text":
            yield part.get_payload(decode=True).decode("utf-8", "replace")
