"""An e-mail address that an owner types as an answer: read, or why it cannot be right."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from actions.services import Services
from actions.turn import Turn

# « nom @ exemple.fr »
_SPACED = " @ "
_AROUND = "<>()[]\"'«».,;:!? \u00a0\u202f"


def read_email(turn: Turn) -> str | None:
    """Return the address of the message in its usual form; None where it holds none that could be right."""
    named = turn.last("email")
    typed = named["value"] if named else typed_address(turn.text)
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower() if typed else None
    except EmailNotValidError:
        return None


def email_fault(services: Services, turn: Turn) -> str | None:
    """Return in words what is wrong with the address of the message; None where nothing looks like one."""
    typed = typed_address(turn.text)
    if typed is None or read_email(turn):
        return None
    return services.wording.render("email_wrong.txt.j2", typed=typed, fault=_fault(typed))


def typed_address(text: str) -> str | None:
    """Return the word of a text that is meant as an address, right or wrong."""
    words = [word.strip(_AROUND) for word in text.replace(_SPACED, "@").split()]
    with_at = [word for word in words if "@" in word]
    dotted = [word for word in words if "." in word or "," in word]
    return next(iter(with_at or (dotted if len(words) == 1 else [])), None)


def _fault(typed: str) -> str:
    if "@" not in typed:
        return "no_at"
    _, _, domain = typed.partition("@")
    return "no_end" if domain and "." not in domain and "," not in domain else "other"
