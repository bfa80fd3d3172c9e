"""E-mail addresses and telephone numbers."""

import re
from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.siret import old_firms

_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+")
_SAID = re.compile(
    r"(?<![\w.+\-])([\w\-]+(?:(?: point |\.)[\w\-]+){0,3}) ?(?:\barobase\b|\(at\)|\[at\]|\bat\b) ?"
    r"([\w\-]+(?:(?: point | dot |\.)[\w\-]+){1,3})",
    re.IGNORECASE,
)
_POINT = re.compile(r" (?:point|dot) ", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"(?<![\d+])(?:\+\d|00\d|00[ .][1-9])(?:[ .\-/()\u00a0]{0,2}\d){7,14}(?!\d)")
_NATIONAL = re.compile(r"(?<![\d+])0[1-9](?:[ .\-/\u00a0]{0,2}\d){8}(?![ .\-\u00a0]?\d)")
# Regions that share the national format: the mainland first, then La Réunion, Mayotte, the Antilles, Guyane.
_REGIONS = ("FR", "RE", "YT", "GP", "MQ", "GF")


def find_emails(message: Message) -> list[Entity]:
    """Return the e-mail addresses, in lower case; no domain is looked up."""
    found = []
    for match, address in _addresses(message.text):
        try:
            normal = validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError:
            continue
        found.append(message.span("email", *match.span(), normal.lower()))
    return found


def _addresses(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _EMAIL.finditer(text) if "@" in text else ():
        yield match, match.group()
    lowered = text.lower()
    if "arobase" in lowered or "point" in lowered or "(at)" in lowered or "[at]" in lowered:
        for match in _SAID.finditer(text):
            yield match, "@".join(_POINT.sub(".", part) for part in match.groups())


def find_phones(message: Message) -> list[Entity]:
    """Return the telephone numbers in E.164 form: French, overseas French, and foreign with their prefix."""
    found, firms = [], old_firms(message.text)
    for pattern in (_INTERNATIONAL, _NATIONAL):
        for match in pattern.finditer(message.text):
            if any(start < match.end() and match.start() < end for start, end in firms):
                continue
            number = _parse(match.group())
            if number:
                found.append(message.span("phone", *match.span(), number))
    return found


def _parse(written: str) -> str | None:
    possible = None
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(number):
            return _e164(number)
        if possible is None and phonenumbers.is_possible_number(number):
            possible = _e164(number)
    return possible


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
