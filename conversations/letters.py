"""The words of the e-mails, from `letters.yml`."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from jinja2 import Environment, StrictUndefined

from conversations.answers import Answer
from conversations.handling_views import Advisor, Holder
from conversations.interest_views import Interest
from conversations.outbox import Mail
from conversations.request_views import Request
from yaml_files import read_yaml

LETTERS = Path(__file__).with_name("letters.yml")
# Dialled 0… with ten digits from anywhere in France (ITU E.164, Arcep); « 0 800 … » is no pair of digits.
_FRENCH_PREFIXES = {33, 262, 590, 594, 596}
_DIGITS, _SPECIAL = 10, "08"
_BLANK_LINES = re.compile(r"\n{3,}")


class Letters:
    """Writes e-mails; a value that a template lacks raises at once.

    `page` is the address of the assistant's page, without a slash at its end; empty where it is not known.
    """

    def __init__(self, templates: dict[str, dict[str, str]], page: str = "") -> None:
        self._page = page
        environment = Environment(
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
        )
        environment.filters["dialled"] = dialled
        self._templates = {
            kind: {part: environment.from_string(text) for part, text in parts.items()}
            for kind, parts in templates.items()
        }

    def confirmation(self, request: Request) -> Mail:
        """Return what the owner gets; `request.email` is known."""
        return self._mail("confirmation", request.email or "", request)

    def notice(self, request: Request) -> Mail:
        """Return what the body gets that receives the request; its answer goes to the owner."""
        return self._mail("notice", request.recipient.email or "", request, reply_to=request.email)

    def reminder(self, request: Request, days: int) -> Mail:
        """Return what the same body gets when nobody has taken the request for `days` days."""
        return self._mail(
            "reminder", request.recipient.email or "", request, reply_to=request.email, days=days
        )

    def network(self, request: Request, days: int, body: str) -> Mail:
        """Return what the network's inbox (its address is the caller's) gets about a request that nobody answers; who
        asked is not in it.
        """
        return self._mail("network", "", request, days=days, body=body)

    def unanswered(self, request: Request, advisor: Holder, days: int) -> Mail:
        """Return what an advisor gets who took a request `days` days ago and has not replied."""
        return self._mail("unanswered", advisor.email, request, advisor=advisor, days=days)

    def undelivered(self, request: Request) -> Mail:
        """Return what the network's inbox gets when the e-mail to a body did not arrive; who asked is not in it."""
        return self._mail("undelivered", "", request)

    def failure(self, request: Request) -> Mail:
        """Return what the owner gets when the e-mail to who receives the request did not arrive."""
        return self._mail("failure", request.email or "", request)

    def handed_on(self, request: Request, advisor: Advisor, note: str) -> Mail:
        """Return what a body gets that an advisor hands the request on to; its answer goes to the owner."""
        to = request.recipient.email or ""
        return self._mail(
            "handed_on", to, request, reply_to=request.email, advisor=advisor, note=note.strip()
        )

    def withdrawn(self, request: Request, to: str) -> Mail:
        """Return what who has a request gets when its owner takes it back; nothing of the owner is in it."""
        return self._mail("withdrawn", to, request)

    def reply(self, request: Request, advisor: Advisor, text: str) -> Mail:
        """Return an advisor's reply to the owner; what they answer goes to the advisor."""
        return self._mail("reply", request.email or "", request, advisor.email, advisor=advisor, text=text)

    def satisfaction(self, request: Request, link: str) -> Mail:
        """Return the question whether a request was answered well; `link` is the page that takes the answer."""
        return self._mail("satisfaction", request.email or "", request, link=link)

    def in_conversation(self, what: str, **values: Any) -> str:
        """Return a sentence that is written into a conversation."""
        return self._templates["in_conversation"][what].render(**values).strip()

    def description(self, request: Request) -> str:
        """Return what an advisor of another service reads of a request, beside its fields."""
        return self._rendered("handover", "", request=request).body.strip()

    def answers(self, to: str, answers: Sequence[Answer]) -> Mail:
        """Return what an owner gets who wants the answers of a conversation."""
        return self._rendered("answers", to, answers=answers)

    def group(self, interest: Interest) -> Mail:
        """Return what a member of a group gets; nothing of the others is in it."""
        return self._rendered("group", interest.wish.email, interest=interest, page=self._page)

    def _mail(self, kind: str, to: str, request: Request, reply_to: str | None = None, **values: Any) -> Mail:
        return self._rendered(kind, to, reply_to, request=request, **values)

    def _rendered(self, kind: str, to: str, reply_to: str | None = None, **values: Any) -> Mail:
        parts = self._templates[kind]
        subject = parts["subject"].render(**values).strip()
        body = parts["body"].render(**values).strip()
        return Mail(to, subject, _BLANK_LINES.sub("\n\n", body) + "\n", reply_to)


def dialled(number: str) -> str:
    """Return a number in E.164 form as it is dialled in France: « 06 12 34 56 78 », « 06 96 12 34 56 » (Martinique),
    « +32 2 123 45 67 ».
    """
    parsed = phonenumbers.parse(number)
    if parsed.country_code not in _FRENCH_PREFIXES:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = "0" + phonenumbers.national_significant_number(parsed)
    if len(digits) != _DIGITS or digits.startswith(_SPECIAL):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return " ".join(digits[at : at + 2] for at in range(0, _DIGITS, 2))


@cache
def load_letters(path: Path = LETTERS, page: str = "") -> Letters:
    """Read the templates; `page` is the address that letters point to."""
    return Letters(read_yaml(path), page)
