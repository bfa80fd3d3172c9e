"""SMS, by Twilio."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

import httpx
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from portal.channels import choices
from portal.channels.gsm import plain, segments
from portal.channels.interface import (
    BotMessage,
    Call,
    Delayed,
    Event,
    Kind,
    Part,
    Reading,
    Refused,
    Report,
    Unreadable,
    Unsigned,
)
from portal.channels.provider_calls import asked_pause, post, shown
from portal.channels.splitting import split
from portal.wording import Wording

MOST_SEGMENTS = 3
# Nothing is to be said here: the answer goes by another call.
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
STATES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
}
# Our name and password are wrong, which an operator can mend.
MENDABLE = frozenset({401, 403, 408, 429})


class Sms:
    """The channel of one number; `client` carries Twilio's address and our account."""

    name = "sms"
    window = None
    numbers = True
    holds = True
    reports = True

    def __init__(
        self,
        client: httpx.AsyncClient,
        account: str,
        token: str,
        number: str,
        portal_url: str,
        wording: Wording,
    ) -> None:
        self._client = client
        self._account = account
        self._validator = RequestValidator(token)
        self._number = number
        # Twilio signs the address that it calls, which behind a front proxy is not the one that we see.
        self._portal_url = portal_url.rstrip("/")
        self._hint = plain(wording.say("channels", "sms_more"))

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """See Channel: Twilio has none."""
        return None

    def read(self, call: Call) -> Reading:
        """See Channel."""
        try:
            form = ImmutableMultiDict(parse_qsl(call.body.decode(), keep_blank_values=True))
        except UnicodeDecodeError as error:
            raise Unsigned from error
        given = call.headers.get("x-twilio-signature", "")
        if not self._validator.validate(self._portal_url + call.target, form, given):
            raise Unsigned
        number = form.get("MessageSid") or form.get("SmsSid")
        if not number:
            raise Unreadable
        if "MessageStatus" in form:
            return Reading(reports=_reports(number, form, call.query.get("message")))
        if form.get("AccountSid") != self._account or not form.get("From"):
            raise Unreadable
        kind, text = _kind(form), form.get("Body", "")
        return Reading([Event(number, form["From"], kind, text)], answer=NOTHING, media_type="text/xml")

    def lay_out(self, messages: Sequence[BotMessage]) -> list[Part]:
        """See Channel: one text for the whole answer, its choices numbered at the end, in parts of three segments."""
        options = choices.options_of(messages)
        lines = [message.get("text") or "" for message in messages]
        lines += [f"{number}. {option['title']}" for number, option in enumerate(options, 1)]
        text = plain("\n".join(filter(None, lines)))
        if segments(text) <= MOST_SEGMENTS:
            return [{"text": text}] if text else []
        parts = split(text, lambda part: segments(f"{part}\n{self._hint}") <= MOST_SEGMENTS)
        return [{"text": f"{part}\n{self._hint}"} for part in parts[:-1]] + [{"text": parts[-1]}]

    async def send(self, address: str, part: Part, name: str) -> str | None:
        """See Channel."""
        content = {
            "To": address,
            "From": self._number,
            "Body": part["text"],
            "StatusCallback": f"{self._portal_url}/webhooks/sms?message={name}",
        }
        answer = await post(self._client, f"Accounts/{self._account}/Messages.json", data=content)
        body = shown(answer)
        if answer.is_success:
            return str(body["sid"]) if body.get("sid") else None
        # Codes only: what Twilio says in words names the recipient.
        why = f"HTTP {answer.status_code}, code {body.get('code')}"
        if answer.status_code >= 500 or answer.status_code in MENDABLE:
            raise Delayed(why, asked_pause(answer))
        raise Refused(why)


def _kind(form: Mapping[str, str]) -> Kind:
    if form.get("NumMedia", "0") in ("", "0"):
        return "text"
    family = form.get("MediaContentType0", "").partition("/")[0]
    return {"image": "image", "audio": "voice"}.get(family, "other")


def _reports(number: str, form: Mapping[str, str], name: str | None) -> list[Report]:
    state = STATES.get(form["MessageStatus"])
    if state is None:
        return []
    return [Report(number, state, name, f"code {form.get('ErrorCode')}" if state == "failed" else None)]
