"""Mail over a real SMTP server on loopback."""

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from conversations.bootstrap import open_record
from conversations.letters import dialled, load_letters
from conversations.mailer import MailDelayed, MailRefused, MailServer, NoMailer, SmtpMailer
from conversations.outbox import PAUSES, Mail, Outbox
from conversations.postman import Postman
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from tests.conftest import free_ports
from tests.conversations.conftest import TickingClock
from tests.conversations.test_requests import BODY, NEW, reminding_of
from tests.databases import new_record

MAIL = Mail("anne@atelier.example", "Demande d’essai", "Voilà.\n", "moi@essai.example", "m1")


class Postbox:
    """Takes mail, or answers as it is told to."""

    def __init__(self):
        self.received = []
        self.recipient_answers = {}
        self.data_answer = "250 OK"
        self.pause = 0.0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd's name
        answer = self.recipient_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        await asyncio.sleep(self.pause)
        if self.data_answer.startswith("250"):
            self.received.append(envelope)
        return self.data_answer


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def server(postbox):
    (port,) = free_ports(1)
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailServer("127.0.0.1", "Boussole PME <essai@boussole.example>", port, security="none", timeout=1.0)
    controller.stop()


@pytest.fixture
def clock():
    return TickingClock()


@pytest.fixture
def office(tmp_path, clock):
    """A desk and an outbox over a record of their own."""
    engine = new_record(tmp_path / "record.db")
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    yield RequestDesk(transactions, clock, outbox, load_letters(), posts=True), outbox
    engine.dispose()


def test_a_mail_arrives_whole(server, postbox):
    SmtpMailer(server).send(MAIL)
    (envelope,) = postbox.received
    text = envelope.content.decode()
    assert envelope.rcpt_tos == ["anne@atelier.example"]
    assert "From: Boussole PME <essai@boussole.example>" in text
    assert "Reply-To: moi@essai.example" in text
    assert "Message-ID: <m1@boussole.example>" in text
    assert "Auto-Submitted: auto-generated" in text


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("550 No such user", MailRefused), ("450 Busy", MailDelayed)],
)
def test_a_refused_recipient_is_told_from_a_busy_one(server, postbox, answer, failure):
    postbox.recipient_answers[MAIL.recipient] = answer
    with pytest.raises(failure, match=answer[:3]):
        SmtpMailer(server).send(MAIL)


def test_a_refused_content_is_refused(server, postbox):
    postbox.data_answer = "554 Spam"
    with pytest.raises(MailRefused, match="554"):
        SmtpMailer(server).send(MAIL)


def test_a_server_that_is_down_or_slow_delays(server, postbox):
    postbox.pause = 2.0
    with pytest.raises(MailDelayed):
        SmtpMailer(replace(server, timeout=0.3)).send(MAIL)
    (nobody,) = free_ports(1)
    with pytest.raises(MailDelayed):
        SmtpMailer(replace(server, port=nobody)).send(MAIL)


def test_a_server_that_says_nothing_delays():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        server = MailServer("127.0.0.1", "a@b.example", silent.getsockname()[1], timeout=0.3, security="none")
        with pytest.raises(MailDelayed):
            SmtpMailer(server).send(MAIL)


def test_a_server_without_encryption_or_login_gets_nothing(server, postbox):
    for wanted in ({"security": "starttls"}, {"user": "moi", "password": "secret"}, {"security": "tls"}):
        with pytest.raises(MailDelayed):
            SmtpMailer(replace(server, **wanted)).send(MAIL)
    assert postbox.received == []


def test_without_a_server_nothing_is_sent():
    mailer = NoMailer()
    assert not mailer.enabled
    with pytest.raises(MailDelayed):
        mailer.send(MAIL)


def test_a_round_sends_confirmation_and_notice_and_wipes_their_words(office, server, postbox, tmp_path):
    desk, outbox = office
    made = desk.open(replace(NEW, summary="ferronnerie-introuvable"))
    assert Postman(outbox, SmtpMailer(server)).round() == 2
    assert [envelope.rcpt_tos for envelope in postbox.received] == [[NEW.email], [BODY.email]]
    assert desk.of_conversation("c1")[0].mail == {"confirmation": "sent", "notice": "sent"}
    assert made.reference.encode() in postbox.received[1].content
    assert Postman(outbox, SmtpMailer(server)).round() == 0


def test_a_bounce_is_on_the_request_and_hinders_nobody_else(office, server, postbox):
    desk, outbox = office
    postbox.recipient_answers[NEW.email] = "550 No such user"
    desk.open(NEW)
    assert Postman(outbox, SmtpMailer(server)).round() == 1
    (request,) = desk.news("c1")
    assert request.mail == {"confirmation": "refused", "notice": "sent"}


def test_a_round_sends_the_reminders_that_are_due(office, server, postbox, clock, tmp_path):
    desk, outbox = office
    desk.open(replace(NEW, email=None))
    reminding = reminding_of(open_record(f"sqlite:///{tmp_path / 'record.db'}"), clock)
    postman, made = Postman(outbox, SmtpMailer(server), reminding), clock.now
    assert postman.round() == 1
    sent = []
    for day in (2, 3, 8, 9, 30):
        clock.now = made + timedelta(days=day, minutes=1)
        sent.append(postman.round())
    assert sent == [0, 1, 0, 1, 0]
    assert b"attend depuis 9 jours" in postbox.received[-1].content


def test_mail_waits_for_a_server_that_is_down(office, server, postbox, clock):
    desk, outbox = office
    desk.open(NEW)
    (nobody,) = free_ports(1)
    down, up = SmtpMailer(replace(server, port=nobody)), SmtpMailer(server)
    assert Postman(outbox, down).round() == 0
    assert Postman(outbox, up).round() == 0, "not before the pause is over"
    clock.now += PAUSES[0]
    assert Postman(outbox, up).round() == 2


def test_mail_is_given_up_in_the_end(office, server, clock):
    desk, outbox = office
    desk.open(NEW)
    (nobody,) = free_ports(1)
    down = Postman(outbox, SmtpMailer(replace(server, port=nobody)))
    for pause in PAUSES:
        down.round()
        assert desk.news("c1") == []
        clock.now += pause
    down.round()
    (request,) = desk.news("c1")
    assert request.mail == {"confirmation": "given up", "notice": "given up"}


def test_a_sender_that_died_leaves_its_mail_to_the_next(office, server, postbox, clock):
    desk, outbox = office
    desk.open(replace(NEW, email=None))
    assert outbox.claim() is not None
    postman = Postman(outbox, SmtpMailer(server))
    assert postman.round() == 0
    clock.now += PAUSES[1] * 2
    assert postman.round() == 1


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+596696123456", "06 96 12 34 56"),
        ("+262262901234", "02 62 90 12 34"),
        ("+33800123456", "0 800 12 34 56"),
        ("+508411234", "+508 41 12 34"),
        ("+3221234567", "+32 2 123 45 67"),
    ],
)
def test_numbers_of_france_are_shown_as_they_are_dialled_overseas_too(number, shown):
    assert dialled(number).replace("\u00a0", " ") == shown
