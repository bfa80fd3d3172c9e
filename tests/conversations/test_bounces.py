"""E-mails that come back after they had left, as the servers themselves say it."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from conversations.answers import Answer
from conversations.bootstrap import open_answer_post, open_record
from conversations.bounces import read_bounce
from conversations.letters import load_letters
from conversations.mailer import SmtpMailer
from conversations.outbox import ANSWERS, Outbox
from conversations.postman import Postman
from conversations.request_models import OutboxRow
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from settings import ROOT
from tests.conversations.test_mail import postbox, server  # noqa: F401  fixtures
from tests.conversations.test_requests import NEW, reminding_of

NOTICES = Path(__file__).with_name("bounces")
OURS = "0123456789abcdef0123456789abcdef"


def notice(name, mail_id=OURS):
    return (NOTICES / f"{name}.eml").read_bytes().replace(OURS.encode(), mail_id.encode())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("postfix", "returned 5.1.1"),
        ("postfix-headers", "returned 5.1.1"),
        ("exim", "returned 5.0.0"),
        ("exim-without-report", "returned"),
        ("exchange-online", "returned 5.1.10"),
        ("relay-with-its-own-id", "returned 5.1.1"),
    ],
)
def test_a_failure_names_our_mail_whatever_the_server(name, why):
    found = read_bounce(notice(name))
    assert (found.mail_id, found.why) == (OURS, why)


@pytest.mark.parametrize("name", ["postfix-delayed", "absence", "somebody-else"])
def test_a_delay_an_absence_and_the_mail_of_others_are_passed_over(name):
    assert read_bounce(notice(name)) is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report; boundary=b\n\n--b\n"]
)
def test_what_is_no_message_is_passed_over(raw):
    assert read_bounce(raw) is None


@pytest.fixture
def sent(tmp_path, clock, server):  # noqa: F811  the fixture
    """A request whose mails have left, and the answers of a conversation: desk, answers, ids by kind, reminders."""
    engine = open_record(f"sqlite:///{tmp_path / 'conversations.db'}")
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    desk = RequestDesk(transactions, clock, outbox, load_letters(), posts=True)
    desk.open(NEW)
    with transactions.write() as session:
        mail = load_letters().answers("paul@atelier.example", [Answer("Voici.", {}, clock())])
        outbox.put(session, mail, ANSWERS, "c1")
    assert Postman(outbox, SmtpMailer(server)).round() == 3
    with transactions.read() as session:
        ids = {row.kind: row.id for row in session.query(OutboxRow)}
    yield desk, open_answer_post(engine, clock), ids, reminding_of(engine, clock)
    engine.dispose()


def command(tmp_path, *arguments, text=None):
    return subprocess.run(
        [sys.executable, "-m", "conversations", "bounce", *arguments],
        input=text,
        capture_output=True,
        cwd=ROOT,
        env={"BOUSSOLE_VAR": str(tmp_path)},
    )


def test_a_confirmation_that_comes_back_is_on_the_request_and_told_once(sent, tmp_path):
    desk, answers, ids, _ = sent
    assert desk.news("c1") == []
    done = command(tmp_path, text=notice("postfix", ids["confirmation"]))
    assert (done.returncode, b"did not arrive" in done.stdout) == (0, True)
    (told,) = desk.news("c1")
    assert told.mail == {"confirmation": "refused", "notice": "sent"}
    command(tmp_path, text=notice("postfix", ids["confirmation"]))
    assert desk.news("c1") == [], "the same notice again is no news"
    assert not answers.failed("c1")


def test_answers_that_come_back_are_told_once(sent, tmp_path):
    desk, answers, ids, _ = sent
    file = tmp_path / "notice.eml"
    file.write_bytes(notice("exchange-online", ids["answers"]))
    assert command(tmp_path, str(file)).returncode == 0
    assert answers.failed("c1")
    assert not answers.failed("c1")
    assert desk.news("c1") == []


def test_a_notice_that_comes_back_is_not_recalled(sent, tmp_path, clock):
    desk, _, ids, reminding = sent
    command(tmp_path, text=notice("exim", ids["notice"]))
    (told,) = desk.news("c1")
    assert told.mail_failed == ["notice"]
    clock.now += timedelta(days=4)
    reminding.write()
    assert "reminder" not in desk.of_conversation("c1")[0].mail


def test_an_erased_mail_is_no_error(sent, tmp_path):
    done = command(tmp_path, text=notice("postfix", "f" * 32))
    assert (done.returncode, done.stdout) == (0, b"no mail of ours failed\n")


def test_the_server_tries_again_where_the_record_is_away(tmp_path):
    (tmp_path / "conversations.db").mkdir()
    assert command(tmp_path, text=notice("postfix")).returncode == 75


def test_a_mail_that_comes_back_before_its_sender_noted_that_it_left(sent, clock, tmp_path):
    desk, _, ids, _ = sent
    engine = open_record(f"sqlite:///{tmp_path / 'conversations.db'}")
    with Transactions(engine).write() as session:
        session.execute(update(OutboxRow).where(OutboxRow.id == ids["notice"]).values(state="due"))
    assert Outbox(Transactions(engine), clock).bounced(ids["notice"], "returned")
    assert Outbox(Transactions(engine), clock).claim() is None
    engine.dispose()
