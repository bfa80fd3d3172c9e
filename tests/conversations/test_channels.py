"""The channels' part of the record, on each database in turn."""

import threading
import time
from datetime import timedelta

import pytest

from conversations.channel_models import CorrespondentRow
from conversations.channel_views import Delivery, Incoming
from conversations.erasing import erase, traces
from conversations.inbox import Inbox
from conversations.log import ConversationLog
from conversations.outgoing import OutgoingMessages
from conversations.transactions import Transactions

LEASE = timedelta(minutes=5)
SMS = ["sms"]


@pytest.fixture
def inbox(engine, clock):
    return Inbox(Transactions(engine), clock, LEASE, settle=timedelta())


@pytest.fixture
def outgoing(engine, clock):
    return OutgoingMessages(Transactions(engine), clock)


def said(text, number, owner="anne", **more):
    return Incoming(f"id{number}", owner, f"sealed {owner}", "text", text, **more)


def edited(text, number, of):
    return said(text, number, reference=of, edits=True)


def waiting(inbox, caller):
    """The words that wait, in the order in which they are answered."""
    words = []
    while (event := inbox.next(caller)) is not None:
        words.append(event.text)
        inbox.finish(caller, event, [])
    return words


def test_what_comes_again_is_dropped(inbox):
    assert inbox.receive("sms", [said("un", 1), said("un", 1)]).repeated == 1
    assert inbox.receive("sms", [said("un", 1)]).ids == ()
    assert inbox.receive("whatsapp", [said("un", 1)]).opened == 1


def test_the_provider_s_order_comes_before_that_of_arrival(inbox):
    inbox.receive("sms", [said("deux", 1, rank=2), said("trois", 2, rank=2), said("un", 3, rank=1)])
    assert waiting(inbox, inbox.claim(SMS)) == ["un", "deux", "trois"]


def test_without_the_provider_s_order_that_of_arrival_counts(inbox):
    inbox.receive("sms", [said(str(number), number) for number in range(12)])
    assert waiting(inbox, inbox.claim(SMS)) == [str(number) for number in range(12)]


def test_a_conversation_is_one_worker_s(inbox):
    inbox.receive("sms", [said("un", 1), said("deux", 2, "benoit")])
    first, second = inbox.claim(SMS), inbox.claim(SMS)
    assert {first.sealed, second.sealed} == {"sealed anne", "sealed benoit"}
    assert inbox.claim(SMS) is None
    inbox.leave(first)
    assert inbox.claim(SMS).conversation_id == first.conversation_id


def test_only_the_channels_that_are_set_up_are_claimed(inbox):
    inbox.receive("sms", [said("un", 1)])
    assert inbox.claim(["telegram"]) is None


def test_what_comes_while_a_worker_ends_is_not_left_behind(inbox):
    inbox.receive("sms", [said("un", 1)])
    caller = inbox.claim(SMS)
    assert waiting(inbox, caller) == ["un"]
    inbox.receive("sms", [said("deux", 2)])
    inbox.leave(caller)
    assert waiting(inbox, inbox.claim(SMS)) == ["deux"]


def test_many_workers_and_many_callers_get_each_event_once(engine, clock, inbox):
    inbox.receive("sms", [said("0", 0, f"owner {number}") for number in range(1)])
    got, mutex = [], threading.Lock()

    def write(number):
        for each in range(10):
            inbox.receive("sms", [said(f"{number}.{each}", f"{number}.{each}", f"owner {each % 3}")])

    def work():
        for _ in range(40):
            caller = inbox.claim(SMS)
            if caller is not None:
                words = waiting(inbox, caller)
                with mutex:
                    got.extend(words)
                inbox.leave(caller)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    threads += [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work()
    assert sorted(got) == sorted(["0", *(f"{number}.{each}" for number in range(3) for each in range(10))])


def test_an_edit_changes_what_waits(inbox):
    inbox.receive("sms", [said("Qimper", 1, reference="m1")])
    inbox.receive("sms", [edited("Quimper", 2, "m1")])
    assert waiting(inbox, inbox.claim(SMS)) == ["Quimper"]


def test_an_edit_of_what_was_answered_is_said_anew_once(engine, clock, inbox):
    inbox.receive("sms", [said("Qimper", 1, reference="m1")])
    answer_all(engine, clock, inbox)
    inbox.receive("sms", [edited("Qimper", 2, "m1")])  # something else than its words has changed
    inbox.receive("sms", [edited("Quimper", 3, "m1")])
    assert answer_all(engine, clock, inbox) == ["Quimper"]
    inbox.receive("sms", [edited("Quimper", 4, "m1")])
    assert inbox.claim(SMS) is None


def answer_all(engine, clock, inbox):
    log, caller, words = ConversationLog(engine, clock), inbox.claim(SMS), []
    while caller and (event := inbox.next(caller)) is not None:
        log.receive(log.by_id(caller.conversation_id), event.provider_id, event.text)
        words.append(event.text)
        inbox.finish(caller, event, [])
    if caller:
        inbox.leave(caller)
    return words


def test_an_edit_of_what_nobody_knows_is_a_message(inbox):
    inbox.receive("sms", [edited("Quimper", 1, "m1")])
    assert waiting(inbox, inbox.claim(SMS)) == ["Quimper"]


def test_what_comes_in_while_its_conversation_is_erased_begins_another(engine, clock, inbox):
    inbox.receive("sms", [said("un", 1)])
    gone, taken = inbox.claim(SMS).conversation_id, []
    late = threading.Thread(target=lambda: taken.append(inbox.receive("sms", [said("deux", 2)])))
    with Transactions(engine).write() as session:
        erase(session, gone, clock.now)
        late.start()
        time.sleep(0.3)
    late.join()
    assert taken[0].opened == 1
    with Transactions(engine).read() as session:
        assert traces(session, gone) == 0


def answered(inbox, *parts, held=False, owner="anne", number=1):
    inbox.receive("sms", [said("un", number, owner)])
    caller = inbox.claim(SMS)
    inbox.finish(caller, inbox.next(caller), [{"text": each} for each in parts], held)
    inbox.leave(caller)
    return caller


def test_messages_leave_in_order(inbox, outgoing):
    answered(inbox, "un", "deux")
    first = outgoing.claim(SMS)
    assert first.body == {"text": "un"}
    assert outgoing.claim(SMS) is None
    outgoing.sent(first, "p1")
    assert outgoing.claim(SMS).body == {"text": "deux"}


def test_a_sender_that_dies_leaves_its_message(inbox, outgoing, clock):
    answered(inbox, "un")
    outgoing.claim(SMS)
    clock.now += timedelta(minutes=2)
    assert outgoing.claim(SMS).attempts == 2


def test_what_is_held_leaves_when_it_is_asked_for(inbox, outgoing):
    answered(inbox, "un", "deux", "trois", held=True)
    outgoing.sent(outgoing.claim(SMS), None)
    assert outgoing.claim(SMS) is None
    inbox.receive("sms", [said("suite", 2)])
    caller = inbox.claim(SMS)
    assert inbox.finish_with_more(caller, inbox.next(caller))
    assert outgoing.claim(SMS).body == {"text": "deux"}
    assert inbox.next(caller) is None


def test_what_is_held_goes_with_the_next_answer(inbox, outgoing):
    answered(inbox, "un", "deux", held=True)
    answered(inbox, "trois", number=2)
    inbox.receive("sms", [said("suite", 3)])
    caller = inbox.claim(SMS)
    event = inbox.next(caller)
    assert not inbox.finish_with_more(caller, event)
    assert event.text == "suite"


def test_reports_find_their_message_by_id_or_name(inbox, outgoing):
    answered(inbox, "un", "deux")
    first = outgoing.claim(SMS)
    outgoing.sent(first, "p1")
    assert outgoing.report("sms", [Delivery("p1", "delivered"), Delivery("p9", "read")]) == 1
    second = outgoing.claim(SMS)
    assert outgoing.report("sms", [Delivery("p2", "delivered", second.name)]) == 1
    outgoing.sent(second, "p2")
    assert outgoing.report("whatsapp", [Delivery("p1", "read")]) == 0
    outgoing.report("sms", [Delivery("p1", "failed", why="30003"), Delivery("p2", "read")])
    assert outgoing.troubles() == []


def test_troubles_are_told_the_latest_first_without_any_address(inbox, outgoing):
    answered(inbox, "un", "deux")
    outgoing.failed(outgoing.claim(SMS), "HTTP 400, code 21211")
    outgoing.failed(outgoing.claim(SMS), "outside the window", undeliverable=True)
    assert [(each.state, each.error) for each in outgoing.troubles()] == [
        ("undeliverable", "outside the window"),
        ("failed", "HTTP 400, code 21211"),
    ]


def test_everything_goes_with_the_conversation(engine, clock, inbox, outgoing):
    caller = answered(inbox, "un", "deux")
    message = outgoing.claim(SMS)
    log = ConversationLog(engine, clock)
    log.delete(log.by_id(caller.conversation_id))
    outgoing.sent(message, "p1")
    outgoing.delayed(message, "x", timedelta())
    outgoing.failed(message, "x")
    inbox.leave(caller)
    assert outgoing.claim(SMS) is None
    with Transactions(engine).read() as session:
        assert session.query(CorrespondentRow).count() == 0
