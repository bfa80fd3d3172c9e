"""Reminders of requests and the lists of advisors, on both databases."""

from dataclasses import replace
from datetime import timedelta

from conversations.request_lists import BOXES, WAITING, Filters
from tests.conversations.advisors import ALL, ANNE, OF_CCI, OF_CMA, YANN, YANNS, left, listed
from tests.conversations.post import INBOX
from tests.conversations.test_requests import BODY, NEW, everything, reminding_of

# --- reminders and failures ---


def test_who_took_a_request_and_says_nothing_is_reminded_then_the_network(
    advising, desk, engine, clock, outbox
):
    made = desk.open(NEW)
    left(outbox)
    reminding = reminding_of(engine, clock, INBOX)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    start, reached = clock.now, {}
    for day in range(12):
        clock.now = start + timedelta(days=day, minutes=1)
        reminding.write()
        reached[day] = [mail.recipient for mail in left(outbox)]
    assert {day: who for day, who in reached.items() if who} == {3: [ANNE.email], 9: [ANNE.email, INBOX]}


def test_who_has_replied_is_not_reminded(advising, desk, engine, clock, outbox):
    made = desk.open(NEW)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.replies.by_phone(OF_CCI, made.reference, ANNE, "Rappelé.")
    everything(outbox)
    clock.now += timedelta(days=10)
    assert reminding_of(engine, clock, INBOX).write() == 0


def test_after_nine_days_the_network_is_told_without_a_name(desk, engine, clock, outbox):
    desk.open(NEW)
    for mail in everything(outbox):
        outbox.sent(mail)
    reminding = reminding_of(engine, clock, INBOX)
    clock.now += timedelta(days=3, minutes=1)
    reminding.write()
    assert [mail.recipient for mail in everything(outbox)] == [BODY.email]
    clock.now += timedelta(days=6, minutes=1)
    reminding.write()
    mails = {mail.recipient: mail for mail in everything(outbox)}
    assert set(mails) == {BODY.email, INBOX}
    assert not any(part in mails[INBOX].body for part in (NEW.name, NEW.email, "06 12", NEW.summary))


def test_a_notice_that_fails_is_told_to_owner_and_network_once(desk, advising, engine, clock, outbox):
    made = desk.open(NEW)
    for mail in everything(outbox):
        (outbox.refused if mail.recipient == BODY.email else outbox.sent)(
            mail, *["550"][: mail.recipient == BODY.email]
        )
    reminding = reminding_of(engine, clock, INBOX)
    assert [reminding.write(), reminding.write()] == [1, 0]
    mails = {mail.recipient: mail for mail in everything(outbox)}
    assert set(mails) == {NEW.email, INBOX}
    assert "n’a pas pu être remis" in mails[NEW.email].body
    assert NEW.name not in mails[INBOX].body
    assert advising.handling.events(OF_CCI, made.reference)[-1].kind == "undelivered"


# --- lists ---


def test_lists_are_paged_without_a_gap(advising, desk):
    made = [desk.open(replace(NEW, summary=f"Demande {number}")).reference for number in range(7)]
    seen, mark = [], None
    while True:
        page = advising.lists.page(OF_CCI, Filters(), mark, limit=3)
        seen += [case.request.reference for case in page.cases]
        mark = page.following
        if mark is None:
            break
    assert seen == made


def test_lists_are_narrowed_and_counted(advising, desk):
    site = desk.open(NEW)
    loan = desk.open(replace(NEW, need="loans", place={"level": "departement", "code": "35", "name": "I"}))
    assert listed(advising, OF_CCI, need="loans") == [loan.reference]
    assert listed(advising, OF_CCI, departement="29") == [site.reference]
    assert listed(advising, OF_CCI, reference=loan.reference[3:7].lower()) == [loan.reference]
    assert listed(advising, OF_CCI, reference="%") == []
    advising.handling.claim(OF_CCI, site.reference, ANNE)
    assert advising.lists.counts(OF_CCI) == {"new": 1, "mine": 1, "bodies": 2}
    assert advising.lists.counts(OF_CMA) == {"new": 0, "mine": 0, "bodies": 0}


def test_a_page_and_its_counts_in_one_look_are_those_of_two(advising, desk):
    made = [
        desk.open(replace(NEW, summary=f"Demande {number}", need=need))
        for number, need in enumerate(["website", "loans"] * 3)
    ]
    advising.handling.claim(OF_CCI, made[0].reference, ANNE)
    advising.handling.claim(YANNS, made[1].reference, YANN)
    advising.handling.claim(OF_CCI, made[2].reference, ANNE)
    advising.handling.close(OF_CCI, made[2].reference, ANNE, "done")
    narrowed = [{}, {"need": "loans"}, {"departement": "29"}, {"departement": "35"}, {"status": "taken"}]
    for sight in (OF_CCI, YANNS, OF_CMA, ALL):
        whole = {box: len(advising.lists.page(sight, Filters(box=box)).cases) for box in WAITING}
        assert advising.lists.counts(sight) == whole
        for box in BOXES:
            for each in narrowed:
                filters = Filters(box=box, **each)
                page, counts = advising.lists.inbox(sight, filters, limit=2)
                assert counts == whole
                assert page == advising.lists.page(sight, filters, limit=2)
                beyond, _ = advising.lists.inbox(sight, filters, page.following, limit=2)
                assert beyond == advising.lists.page(sight, filters, page.following, limit=2)
    assert advising.lists.counts(OF_CCI) == {"new": 3, "mine": 1, "bodies": 5}
