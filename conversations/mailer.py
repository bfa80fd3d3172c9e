"""Sends e-mails over SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Literal, Protocol

from conversations.outbox import Mail

Security = Literal["none", "starttls", "tls"]
TIMEOUT = 20.0


class MailRefused(Exception):
    """The other side will never take this mail: no such address, refused content."""


class MailDelayed(Exception):
    """The mail could not leave now: server away, slow, busy, or refusing our name and password."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and from whom it comes; `advisors` is the inbox of the network's advisors."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = ""
    security: Security = "starttls"
    advisors: str | None = None
    timeout: float = TIMEOUT


class Mailer(Protocol):
    """What sends mail, or says that none is sent."""

    enabled: bool
    advisors: str | None

    def send(self, mail: Mail) -> None:
        """Send a mail; raises MailRefused or MailDelayed."""


class NoMailer:
    """Sends nothing, where no mail server is set."""

    enabled = False
    advisors = None

    def send(self, mail: Mail) -> None:
        """Refuse for now; nobody should ask."""
        raise MailDelayed("no mail server is set")


class SmtpMailer:
    """Hands mail over to one server, one connection a mail: a few an hour are sent."""

    enabled = True

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self.advisors = server.advisors

    def send(self, mail: Mail) -> None:
        """Send a mail; raises MailRefused or MailDelayed."""
        message = self._message(mail)
        try:
            with self._connect() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _failure(code, words) from None
        except smtplib.SMTPAuthenticationError as error:
            raise MailDelayed(f"{error.smtp_code} authentication") from None
        except smtplib.SMTPDataError as error:
            raise _failure(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailDelayed(f"{type(error).__name__}: {error}") from None

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._server.sender
        message["To"] = mail.recipient
        if mail.reply_to:
            message["Reply-To"] = mail.reply_to
        message["Subject"] = mail.subject
        message["Date"] = formatdate(localtime=False)
        # The same over all attempts: a mailbox that got it twice shows it once.
        identity = f"<{mail.id}@{parseaddr(self._server.sender)[1].rpartition('@')[2]}>"
        message["Message-ID"] = identity
        # Some relays give a Message-ID of their own; what comes back must still name the mail.
        message["X-Boussole-Mail"] = identity
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message


def _failure(code: int, words: bytes | str) -> MailRefused | MailDelayed:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return (MailRefused if code >= 500 else MailDelayed)(f"{code} {said}")
