from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.errors import RecordUnreachable, UnknownRequest
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.outbox import Outbox
from conversations.references import LETTERS, new_reference, read_reference
from conversations.reminding import Reminding
from conversations.request_views import NewRequest, Recipient
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from tests.databases import new_record

BODY = Recipient("cci-essai", "CCI d'essai", "contact@cci.example")
NEW = NewRequest(
    conversation_id="c1",
    summary="Refaire un site à Quimper.",
    recipient=BODY,
    consent="J'accepte.",
    name="Anne Le Gall",
    email="Anne@Atelier.example",
    phone="+33612345678",
    moment="le matin",
    need="website",
    place={"level": "commune", "code": "29232", "name": "Quimper"},
    trade={"division": "32", "trade": "bijoutier"},
    headcount=3,
)

OTHER = replace(NEW, summary="Vendre en ligne à Quimper.")


def desk_of(engine, clock, posts=True):
    transactions = Transactions(engine)
    return RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts)


def reminding_of(engine, clock, network=None):
    transactions = Transactions(engine)
    return Reminding(transactions, clock, Outbox(transactions, clock), load_letters(), network)


@pytest.fixture
def reminding(engine, clock):
    return reminding_of(engine, clock)


@pytest.fixture
def desk(engine, clock):
    return desk_of(engine, clock)


@pytest.fixture
def outbox(engine, clock):
    return Outbox(Transactions(engine), clock)


def everything(outbox):
    mails = []
    while (mail := outbox.claim()) is not None:
        mails.append(mail)
    return mails


def test_a_request_is_kept_as_it_was_agreed_to(desk):
    made = desk.open(NEW)
    kept = desk.by_reference(made.reference, "anne@atelier.example ")

    assert kept == made
    assert (kept.status, kept.reminders_sent, kept.recipient) == ("new", 0, BODY)
    said = {name: value for name, value in vars(NEW).items() if name != "shares_conversation"}
    assert {name: getattr(kept, name) for name in said} == said
    assert kept.mail == {"confirmation": "due", "notice": "due"}


def test_a_wrong_half_finds_nothing(desk):
    made = desk.open(NEW)
    assert desk.by_reference(made.reference, "autre@atelier.example") is None
    assert desk.by_reference("BP-7K3M-42", "anne@atelier.example") is None
    assert desk.by_reference(made.reference, "") is None
    by_phone = desk.open(replace(NEW, email=None))
    assert desk.by_reference(by_phone.reference, "") is None


def test_requests_of_a_conversation_the_latest_first(desk):
    first, second = desk.open(NEW), desk.open(OTHER)
    desk.open(replace(NEW, conversation_id="c2"))
    assert desk.of_conversation("c1") == [second, first]


def test_a_request_that_is_asked_for_again_is_the_one_that_is_there(desk, outbox):
    """The dialogue engine was killed before it knew that the request is written: it asks again."""
    made = desk.open(NEW)
    desk.mark(made.reference, "taken")
    assert desk.open(NEW).reference == made.reference
    assert len(desk.of_conversation("c1")) == 1
    assert len(everything(outbox)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"conversation_id": "c2"},
        {"recipient": replace(BODY, id="cma-essai")},
        {"phone": None},
        {"headcount": 4},
    ],
)
def test_a_request_that_differs_is_another_one(desk, other):
    assert desk.open(NEW).reference != desk.open(replace(NEW, **other)).reference


def test_the_same_request_days_later_is_another_one(desk, clock):
    first = desk.open(NEW)
    clock.now += timedelta(days=2)
    assert desk.open(NEW).reference != first.reference


def test_a_reference_that_is_taken_is_drawn_again(desk, monkeypatch):
    drawn = iter(["BP-7K3M-42", "BP-7K3M-42", "BP-9TTB-01"])
    monkeypatch.setattr("conversations.requests.new_reference", lambda: next(drawn))
    assert [desk.open(NEW).reference, desk.open(OTHER).reference] == ["BP-7K3M-42", "BP-9TTB-01"]


def test_status_changes_are_kept(desk):
    made = desk.open(NEW)
    for status in ("taken", "done"):
        assert desk.mark(made.reference, status).status == status
    assert desk.by_reference(made.reference, NEW.email).changed_at > made.changed_at
    with pytest.raises(UnknownRequest):
        desk.mark("BP-7K3M-42", "taken")


def test_confirmation_and_notice_hold_what_each_needs(desk, outbox):
    made = desk.open(NEW)
    mails = {mail.recipient: mail for mail in everything(outbox)}
    confirmation, notice = mails[NEW.email], mails[BODY.email]
    assert made.reference in confirmation.subject
    assert "Anne Le Gall" in confirmation.body
    assert (notice.reply_to, confirmation.reply_to) == (NEW.email, None)
    for part in (NEW.summary, "06 12 34 56 78", "le matin", NEW.consent):
        assert part in notice.body


def test_no_mail_is_written_where_none_can_be_sent_or_nobody_has_an_address(engine, clock, outbox):
    assert desk_of(engine, clock, posts=False).open(NEW).mail == {}
    without = replace(NEW, email=None, recipient=Recipient("advisors", "les conseillers"))
    assert desk_of(engine, clock).open(without).mail == {}
    assert everything(outbox) == []


def test_reminders_are_due_after_three_and_nine_days_until_somebody_takes_it(desk, reminding, clock, outbox):
    made = desk.open(NEW)
    for mail in everything(outbox):
        outbox.sent(mail)
    start, seen = clock.now, []
    for day in range(12):
        clock.now = start + timedelta(days=day, minutes=1)
        seen.append(len(reminding.due()))
        reminding.write()
    assert seen == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]
    reminders = everything(outbox)
    assert [mail.recipient for mail in reminders] == [BODY.email] * 2
    assert "depuis 3 jours" in reminders[0].body
    assert desk.by_reference(made.reference, NEW.email).reminders_sent == 2


def test_who_was_away_for_long_gets_one_reminder(desk, reminding, clock, outbox):
    desk.open(NEW)
    for mail in everything(outbox):
        outbox.sent(mail)
    clock.now += timedelta(days=30)
    assert [reminding.write(), reminding.write()] == [1, 0]
    assert len(everything(outbox)) == 1


def test_a_request_that_is_taken_or_never_arrived_is_not_recalled(desk, reminding, clock, outbox):
    taken, lost = desk.open(NEW), desk.open(OTHER)
    for mail in everything(outbox):
        outbox.refused(mail, "550")
    desk.mark(taken.reference, "taken")
    clock.now += timedelta(days=4)
    assert [each.reference for each in reminding.due()] == [lost.reference]
    reminding.write()
    assert everything(outbox) == []


def test_a_mail_that_is_refused_is_told_once(desk, outbox):
    made = desk.open(NEW)
    assert desk.news("c1") == []
    for mail in everything(outbox):
        if mail.recipient == NEW.email:
            outbox.refused(mail, "550 no such user")
    (told,) = desk.news("c1")
    assert (told.reference, told.mail_failed) == (made.reference, ["confirmation"])
    assert desk.news("c1") == []
    assert desk.of_conversation("c1")[0].mail_failed == ["confirmation"]


def test_erasing_a_conversation_erases_its_requests_and_their_mail(engine, clock, outbox):
    log, desk = ConversationLog(engine, clock), desk_of(engine, clock)
    _, conversation = log.start()
    made = desk.open(replace(NEW, conversation_id=conversation.id))
    other = desk.open(replace(NEW, conversation_id="other"))

    log.delete(conversation)

    assert desk.by_reference(made.reference, NEW.email) is None
    assert desk.of_conversation(conversation.id) == []
    assert len(everything(outbox)) == 2
    assert desk.by_reference(other.reference, NEW.email).reference == other.reference


def test_erasing_leaves_nothing_in_the_files(tmp_path, clock):
    engine = new_record(tmp_path / "record.db")
    log, desk = ConversationLog(engine, clock), desk_of(engine, clock)
    _, conversation = log.start()
    words = "ferronnerie-introuvable"
    for _ in range(20):
        desk.open(replace(NEW, conversation_id=conversation.id, summary=words, name=words, consent=words))
    files = [tmp_path / "record.db", tmp_path / "record.db-wal"]
    assert any(words.encode() in file.read_bytes() for file in files)
    log.delete(conversation)
    assert not any(words.encode() in file.read_bytes() for file in files)
    engine.dispose()


def test_a_mail_erased_while_it_is_sent_stays_erased(engine, clock, outbox):
    log, desk = ConversationLog(engine, clock), desk_of(engine, clock)
    _, conversation = log.start()
    desk.open(replace(NEW, conversation_id=conversation.id))
    mail = outbox.claim()
    log.delete(conversation)
    outbox.sent(mail)
    outbox.delayed(mail, "later")
    assert outbox.claim() is None


def test_a_database_that_does_not_answer_is_said_as_such(tmp_path, clock):
    engine = new_record(tmp_path / "record.db")
    desk = desk_of(engine, clock)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE requests RENAME TO elsewhere")
    with pytest.raises(RecordUnreachable):
        desk.open(NEW)
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("BP-7K3M-42", "BP-7K3M-42"),
        ("ma référence : bp 7k3m 42.", "BP-7K3M-42"),
        ("7K3M42", "BP-7K3M-42"),
        ("bp7k3m–4o", "BP-7K3M-40"),
        ("BP-AEIO-42", None),
        ("rien depuis 15 jours", None),
        ("dans 48 h", None),
    ],
)
def test_references_are_read_however_they_are_written(text, reference):
    assert read_reference(text) == reference


def test_references_hold_no_letter_that_is_mistaken_for_another():
    assert not set("0O1ILU5S") & set(LETTERS)
    assert all(read_reference(each) == each for each in (new_reference() for _ in range(500)))
