import pytest

from conversations.bootstrap import open_advising
from conversations.errors import UnknownRequest
from conversations.outbox import Outbox
from conversations.transactions import Transactions
from tests.conversations.advisors import ALL, ANNE, left
from tests.conversations.post import PAGE, Post
from tests.conversations.test_requests import BODY, NEW, desk_of, everything


@pytest.fixture
def desk(engine, clock):
    return desk_of(engine, clock)


@pytest.fixture
def outbox(engine, clock):
    return Outbox(Transactions(engine), clock)


def test_what_has_not_left_never_leaves(desk, outbox):
    made = desk.open(NEW)
    taken_back = desk.withdraw(made.reference)
    assert taken_back.status == "done without help"
    assert everything(outbox) == []


def test_who_has_it_already_is_told_and_learns_nothing_more(desk, outbox):
    made = desk.open(NEW)
    left(outbox)
    desk.withdraw(made.reference)
    (mail,) = everything(outbox)
    assert (mail.recipient, mail.kind) == (BODY.email, "withdrawn")
    assert made.reference in mail.subject
    assert NEW.name not in mail.body
    assert NEW.summary not in mail.body


def test_the_advisor_who_has_taken_it_is_told_instead_of_the_body(engine, desk, outbox):
    made = desk.open(NEW)
    handling = open_advising(engine, Post(), page=PAGE).handling
    handling.claim(ALL, made.reference, ANNE)
    left(outbox)
    desk.withdraw(made.reference)
    assert [mail.recipient for mail in everything(outbox)] == [ANNE.email]
    assert handling.events(ALL, made.reference)[-1].kind == "withdrawn"


def test_a_closed_request_stays_as_it_is(desk, outbox):
    made = desk.open(NEW)
    desk.mark(made.reference, "done")
    everything(outbox)
    assert desk.withdraw(made.reference).status == "done"
    assert everything(outbox) == []


def test_no_request_no_withdrawal(desk):
    with pytest.raises(UnknownRequest):
        desk.withdraw("BP-7K3M-42")
