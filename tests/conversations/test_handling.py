"""What advisors do with requests, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.bootstrap import open_holds, open_retention
from conversations.errors import AlreadyTaken, NotCovered, NotTaken, UnknownRequest
from conversations.handling_models import RequestEventRow, RequestHolderRow, RequestRouteRow, SatisfactionRow
from conversations.log import ConversationLog
from conversations.request_models import OutboxRow
from conversations.request_views import Recipient
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.advisors import (
    ALL,
    ANNE,
    CMA,
    NETWORK,
    OF_CCI,
    OF_CMA,
    YANN,
    YANNS,
    ZOE,
    listed,
    sees,
)
from tests.conversations.post import PAGE
from tests.conversations.test_requests import NEW, everything, reminding_of

# --- who sees what ---


def test_an_advisor_sees_what_is_for_their_body_and_nothing_of_another(advising, desk):
    made = desk.open(NEW)
    assert listed(advising, OF_CCI) == [made.reference]
    assert listed(advising, OF_CMA) == []
    for act in (advising.handling.find, advising.handling.events, advising.replies.ways):
        with pytest.raises(UnknownRequest):
            act(OF_CMA, made.reference)
    for act in (advising.handling.claim, advising.handling.release):
        with pytest.raises(UnknownRequest):
            act(OF_CMA, made.reference, ZOE)
    with pytest.raises(UnknownRequest):
        advising.handling.note(OF_CMA, made.reference, ZOE, "vu")
    with pytest.raises(UnknownRequest):
        advising.handling.hand_on(OF_CMA, made.reference, ZOE, CMA, True, "dit au téléphone")
    with pytest.raises(UnknownRequest):
        advising.handling.close(OF_CMA, made.reference, ZOE, "done")
    with pytest.raises(UnknownRequest):
        advising.replies.by_mail(OF_CMA, made.reference, ZOE, "Bonjour")
    with pytest.raises(UnknownRequest):
        advising.replies.in_channel(OF_CMA, made.reference, ZOE, "Bonjour")


def test_what_nobodys_account_serves_is_seen_in_its_territory_until_somebody_takes_it(advising, desk):
    made = desk.open(replace(NEW, recipient=NETWORK))
    near = [OF_CCI, OF_CMA, sees("r", regions=["53"])]
    assert [listed(advising, each) for each in near] == [[made.reference]] * 3
    assert listed(advising, sees("far", departments=["35"], regions=["84"])) == []
    advising.handling.claim(OF_CMA, made.reference, ZOE)
    assert listed(advising, OF_CMA, box="mine") == [made.reference]
    assert listed(advising, OF_CCI, box="all") == []
    with pytest.raises(AlreadyTaken, match="taken") as told:
        advising.handling.claim(OF_CCI, made.reference, ANNE)
    assert told.value.name == ZOE.name
    with pytest.raises(UnknownRequest):
        advising.handling.claim(sees("far", departments=["35"]), made.reference, ANNE)


def test_who_the_owner_did_not_agree_to_sees_neither_name_nor_words(advising, desk):
    made = desk.open(replace(NEW, recipient=Recipient("autre", "Autre organisme", "a@autre.example")))
    case = advising.handling.find(OF_CMA, made.reference)
    assert not case.covered
    hidden = ("name", "email", "phone", "moment", "summary", "consent")
    assert [getattr(case.request, name) or None for name in hidden] == [None] * 6
    assert case.request.need == "website"
    with pytest.raises(NotCovered):
        advising.handling.claim(OF_CMA, made.reference, ZOE)
    assert advising.handling.find(ALL, made.reference).request.name == NEW.name


def test_a_route_is_settled_once_and_for_the_body_that_is_meant(advising, desk):
    made = desk.open(replace(NEW, recipient=NETWORK, place=None))
    (open_one,) = advising.routes.open()
    assert open_one.reference == made.reference
    advising.routes.settle(open_one, "cma-essai", "29", "53")
    assert advising.routes.open() == []
    assert listed(advising, OF_CMA) == [made.reference]
    served = sees("anne", ["cci-essai"], ["29"], served=["cci-essai", "cma-essai"])
    assert listed(advising, served) == [], "the body that is meant has its own advisors"


# --- taking ---


def test_of_two_who_take_a_request_at_once_one_does_and_the_other_is_told_who(advising, desk):
    made = desk.open(NEW)
    outcomes, start = [], threading.Barrier(4)

    def take(number):
        advisor = replace(ANNE, account_id=f"a{number}", name=f"Anne {number}")
        start.wait()
        try:
            advising.handling.claim(replace(OF_CCI, account_id=advisor.account_id), made.reference, advisor)
            outcomes.append(("mine", advisor.name))
        except AlreadyTaken as taken:
            outcomes.append(("taken", taken.name))

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for kind, name in outcomes if kind == "mine"]
    assert sorted(outcomes) == [("mine", winner), *[("taken", winner)] * 3]
    assert [each.kind for each in advising.handling.events(OF_CCI, made.reference)] == ["claimed"]


def test_a_colleague_takes_over_and_somebody_else_may_not(advising, desk):
    made = desk.open(replace(NEW, recipient=NETWORK))
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.handling.claim(YANNS, made.reference, YANN, instead=True)
    case = advising.handling.find(YANNS, made.reference)
    assert (case.holder.name, case.request.status) == ("Yann Le Bris", "taken")
    advising.handling.release(YANNS, made.reference, YANN)
    assert advising.handling.find(OF_CCI, made.reference).request.status == "new"
    kinds = [each.kind for each in advising.handling.events(OF_CCI, made.reference)]
    assert kinds == ["claimed", "claimed", "released"]


def test_nothing_is_done_with_a_request_that_nobody_has_taken(advising, desk):
    made = desk.open(NEW)
    with pytest.raises(NotTaken):
        advising.handling.close(OF_CCI, made.reference, ANNE, "done")
    with pytest.raises(NotTaken):
        advising.replies.by_mail(OF_CCI, made.reference, ANNE, "Bonjour")
    with pytest.raises(NotTaken):
        advising.handling.release(OF_CCI, made.reference, ANNE)


# --- handing on ---


def test_handing_on_wants_the_owners_agreement_and_is_seen_there(advising, desk, outbox):
    made = desk.open(NEW)
    everything(outbox)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    for agreed, note in ((False, ""), (True, " "), (False, "il a dit oui")):
        with pytest.raises(NotCovered):
            advising.handling.hand_on(OF_CCI, made.reference, ANNE, CMA, agreed, note)
    advising.handling.hand_on(OF_CCI, made.reference, ANNE, CMA, True, "D'accord au téléphone le 3 mars.")
    assert not advising.handling.find(OF_CCI, made.reference).covered, "near, but no longer theirs"
    assert listed(advising, replace(OF_CCI, served={"cci-essai", "cma-essai"}), box="all") == []
    case = advising.handling.find(OF_CMA, made.reference)
    assert (case.covered, case.request.status, case.holder) == (True, "new", None)
    assert case.request.recipient == CMA
    last = advising.handling.events(OF_CMA, made.reference)[-1]
    assert (last.kind, last.name, last.detail["agreed"]) == ("handed_on", "Anne Kerbrat", True)
    (mail,) = everything(outbox)
    assert (mail.recipient, mail.reply_to) == (CMA.email, NEW.email)
    assert "D'accord au téléphone" in mail.body


def test_the_network_agreed_to_covers_the_bodies_with_an_account(advising, desk):
    made = desk.open(replace(NEW, recipient=NETWORK))
    served = sees("anne", ["cci-essai"], ["29"], served=["cci-essai", "cma-essai"])
    advising.handling.claim(served, made.reference, ANNE)
    with pytest.raises(NotCovered):
        advising.handling.hand_on(served, made.reference, ANNE, replace(CMA, id="bank"), False, "")
    advising.handling.hand_on(served, made.reference, ANNE, CMA, False, "")
    assert listed(advising, OF_CMA) == [made.reference]


def test_what_is_handed_on_waits_anew(advising, desk, engine, clock, outbox):
    made = desk.open(NEW)
    for mail in everything(outbox):
        outbox.sent(mail)
    clock.now += timedelta(days=4)
    reminding = reminding_of(engine, clock)
    assert reminding.write() == 1
    advising.handling.hand_on(OF_CCI, made.reference, ANNE, CMA, True, "oui")
    assert reminding.write() == 0
    clock.now += timedelta(days=3)
    assert reminding.write() == 1


# --- replies, status, the question afterwards ---


def test_a_reply_by_mail_answers_to_the_advisor_and_its_fate_is_seen(advising, desk, outbox):
    made = desk.open(NEW)
    everything(outbox)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.replies.by_mail(OF_CCI, made.reference, ANNE, "Je vous appelle demain.")
    (mail,) = everything(outbox)
    assert (mail.recipient, mail.reply_to) == (NEW.email, ANNE.email)
    assert "Je vous appelle demain." in mail.body
    assert "Anne Kerbrat" in mail.body
    outbox.refused(mail, "550")
    last = advising.handling.events(OF_CCI, made.reference)[-1]
    assert (last.kind, last.text, last.mail) == ("replied", "Je vous appelle demain.", "refused")
    assert advising.handling.find(OF_CCI, made.reference).holder.replied_at is not None
    assert desk.news("c1") == []


def test_after_done_the_owner_is_asked_once_and_their_answer_is_kept(advising, desk, outbox):
    made = desk.open(NEW)
    everything(outbox)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    for status in ("done", "taken", "done"):
        advising.handling.close(OF_CCI, made.reference, ANNE, status)
    (mail,) = everything(outbox)
    token = mail.body.split(f"{PAGE}/avis/")[1].split()[0]
    assert advising.survey.reference(token) == made.reference
    assert advising.survey.reference(token + "x") is None
    assert advising.survey.answer(token, "partly", "Un peu tard.")
    assert not advising.survey.answer("x", "yes")
    with pytest.raises(ValueError, match="perhaps"):
        advising.survey.answer(token, "perhaps")
    case = advising.handling.find(OF_CCI, made.reference)
    assert (case.satisfaction, case.satisfaction_words) == ("partly", "Un peu tard.")
    kinds = [each.kind for each in advising.handling.events(OF_CCI, made.reference)]
    assert kinds == ["claimed", "status", "asked", "status", "status", "judged"]


@pytest.mark.parametrize("status", ["done without help", "unreachable", "not for us"])
def test_nobody_is_asked_after_another_end(advising, desk, outbox, status):
    made = desk.open(NEW)
    everything(outbox)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.handling.close(OF_CCI, made.reference, ANNE, status, "rien trouvé")
    assert everything(outbox) == []
    assert listed(advising, OF_CCI, box="done") == [made.reference]
    with pytest.raises(ValueError, match="new"):
        advising.handling.close(OF_CCI, made.reference, ANNE, "new")


def test_who_left_no_address_is_asked_in_the_conversation(advising, desk, engine, clock, outbox):
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    made = desk.open(replace(NEW, conversation_id=conversation.id, email=None))
    everything(outbox)
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.handling.close(OF_CCI, made.reference, ANNE, "done")
    (said,) = log.transcript(conversation)
    assert f"{PAGE}/avis/" in said.text
    assert everything(outbox) == []


# --- forgetting ---


def test_an_erasure_and_retention_take_all_that_advisors_wrote(advising, desk, engine, clock):
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    made = desk.open(replace(NEW, conversation_id=conversation.id))
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.handling.note(OF_CCI, made.reference, ANNE, "à rappeler")
    advising.handling.close(OF_CCI, made.reference, ANNE, "done")
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert listed(advising, ALL, box="all") == []


def test_what_advisors_wrote_goes_with_a_request_that_is_too_old(advising, desk, engine, clock, tmp_path):
    retention = open_retention(engine, Settings(request_days=100, var=tmp_path), clock)
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    made = desk.open(replace(NEW, conversation_id=conversation.id))
    advising.handling.claim(OF_CCI, made.reference, ANNE)
    advising.replies.by_mail(OF_CCI, made.reference, ANNE, "Bonjour")
    advising.handling.close(OF_CCI, made.reference, ANNE, "done")
    clock.now += timedelta(days=101)
    retention.drop_agreed()
    left = (RequestRouteRow, RequestHolderRow, RequestEventRow, SatisfactionRow, OutboxRow)
    with Transactions(engine).read() as session:
        assert [session.query(table).count() for table in left] == [0] * 5


def test_a_conversation_that_is_too_old_goes_with_its_hold(engine, clock, tmp_path):
    retention = open_retention(engine, Settings(conversation_days=100, var=tmp_path), clock)
    log, holds = ConversationLog(engine, clock), open_holds(engine, clock)
    _, conversation = log.start()
    holds.take(conversation.id, ANNE)
    holds.keep(log.receive(conversation, "m1", "allô"))
    clock.now += timedelta(days=101)
    assert retention.drop(conversation.id)
    assert log.traces(conversation) == 0


def test_a_note_keeps_a_request_as_long_as_any_other_change(advising, desk):
    made = desk.open(NEW)
    advising.handling.note(OF_CCI, made.reference, ANNE, "à rappeler")
    assert advising.handling.find(OF_CCI, made.reference).request.changed_at > made.changed_at
