"""Members of a group are told by e-mail, over a real SMTP server on loopback."""

import pytest
from sqlalchemy import select

from conversations.bootstrap import open_interests, open_postman
from conversations.mailer import SmtpMailer
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions
from tests.conversations.test_interests import wish
from tests.conversations.test_mail import postbox, server  # noqa: F401  fixtures
from tests.databases import new_record

PAGE = "https://boussole.example"


@pytest.fixture
def engine(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def interests(engine, clock):
    return open_interests(engine, clock)


@pytest.fixture
def postman(engine, clock, server):  # noqa: F811  the fixture
    return open_postman(engine, SmtpMailer(server), clock, PAGE)


def register(interests, names):
    for name in names:
        interests.register(name, wish(name))


def told(postbox):  # noqa: F811  not the fixture
    return sorted(envelope.rcpt_tos[0][0] for envelope in postbox.received)


def test_three_that_match_are_each_told_once(interests, postman, postbox):  # noqa: F811
    register(interests, "ab")
    assert postman.round() == 0
    register(interests, "c")
    assert postman.round() == 3
    assert told(postbox) == ["a", "b", "c"]
    assert postman.round() == 0
    text = postbox.received[0].content.decode("utf-8")
    assert "3 entreprises de votre d" in text
    assert f"{PAGE}/partage/retrait/{interests.of('a').id}" in text
    assert not any(f"{name}@exemple.fr" in text for name in "bc"), "nothing of the others"


def test_who_joins_later_is_told_alone(interests, postman, postbox):  # noqa: F811
    register(interests, "abc")
    postman.round()
    register(interests, "d")
    assert postman.round() == 1
    assert told(postbox)[-1] == "d"


def test_without_a_page_the_conversation_is_named(engine, clock, server, interests, postbox):  # noqa: F811
    register(interests, "abc")
    open_postman(engine, SmtpMailer(server), clock).round()
    text = postbox.received[0].content.decode("utf-8")
    assert "Me retirer du groupe" in text
    assert "http" not in text


def test_the_address_goes_from_the_outbox_with_the_words(engine, interests, postman):
    register(interests, "abc")
    postman.round()
    with Transactions(engine).read() as session:
        assert {(row.recipient, row.body) for row in session.scalars(select(OutboxRow))} == {("", "")}


def test_who_leaves_by_the_link_is_deleted_and_no_mail_tells_of_a_group_that_is_none(
    engine,
    interests,
    postman,
    postbox,  # noqa: F811
):
    postbox.recipient_answers["a@exemple.fr"] = postbox.recipient_answers["b@exemple.fr"] = "450 Busy"
    register(interests, "abc")
    assert postman.round() == 1
    assert interests.withdraw_named(interests.of("c").id)
    assert interests.of("c") is None
    with Transactions(engine).read() as session:
        kept = session.scalars(select(OutboxRow)).all()
    assert [(row.conversation_id, row.recipient) for row in kept] == [("c", "")], "only that it was sent"
    assert interests.of("a").state == "waiting"
    assert not interests.withdraw_named("unknown")


def test_who_read_of_the_group_hears_of_its_end(interests, postman):
    register(interests, "abc")
    postman.round()
    interests.withdraw("c")
    assert interests.news("a").state == "apart"


def test_a_group_anew_is_no_second_mail_but_another_registration_is(interests, postman, postbox):  # noqa: F811
    register(interests, "abc")
    postman.round()
    interests.withdraw("c")
    register(interests, "d")
    assert postman.round() == 1
    assert told(postbox) == ["a", "b", "c", "d"]
    register(interests, "a")
    assert postman.round() == 1


def test_a_conversation_that_registers_again_and_again_comes_to_an_end(interests, postman, postbox):  # noqa: F811
    register(interests, "bc")
    for _ in range(6):
        register(interests, "a")
        postman.round()
    assert told(postbox) == ["a", "a", "a", "b", "c"]
