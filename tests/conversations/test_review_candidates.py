from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from conversations.bootstrap import open_retention
from conversations.errors import RecordClash
from conversations.log import ConversationLog
from conversations.review_bootstrap import open_candidates, open_exports, open_reviews
from conversations.review_errors import AlreadyDecided, AlreadyProposed, OwnProposal, UnknownCandidate
from conversations.review_files import files, preview, write_files
from conversations.review_models import CandidateRow
from conversations.review_views import APPROVED, PROPOSED, REFUSED, WITHDRAWN, Reading
from conversations.training_lines import TrainingLine, read_training
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.test_reviews import ANNE, BOB, SITE, said
from yaml_files import parse_yaml


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def candidates(engine, clock):
    return open_candidates(engine, clock)


@pytest.fixture
def spoken(log):
    return said(log, ("un site à Quimper", 0.2))


def test_what_one_proposes_another_approves(candidates, spoken):
    _, (turn,) = spoken
    made = candidates.propose(turn.id, SITE, ANNE)
    assert (made.state, made.reading, made.proposed_by) == (PROPOSED, SITE, ANNE)
    done = candidates.approve(made.id, BOB)
    assert (done.state, done.decided_by) == (APPROVED, BOB)
    assert candidates.listed(APPROVED) == [done]
    assert candidates.counts() == {APPROVED: 1}


def test_nobody_decides_on_their_own_proposal(engine, candidates, spoken):
    _, (turn,) = spoken
    made = candidates.propose(turn.id, SITE, ANNE)
    with pytest.raises(OwnProposal):
        candidates.approve(made.id, ANNE)
    with pytest.raises(OwnProposal):
        candidates.refuse(made.id, ANNE, "non")
    with pytest.raises(OwnProposal):
        candidates.withdraw(made.id, BOB)
    mine = update(CandidateRow).where(CandidateRow.id == made.id)
    with (
        pytest.raises(RecordClash),
        Transactions(engine).write() as session,
    ):  # whoever writes past the service
        session.execute(mine.values(state=APPROVED, decided_by="a1"))
    assert candidates.by_id(made.id).state == PROPOSED


def test_a_refusal_has_a_reason_and_stands(candidates, spoken):
    _, (turn,) = spoken
    made = candidates.propose(turn.id, SITE, ANNE)
    with pytest.raises(ValueError, match="reason"):
        candidates.refuse(made.id, BOB, "  ")
    assert candidates.refuse(made.id, BOB, " trop vague ").reason == "trop vague"
    with pytest.raises(AlreadyDecided):
        candidates.approve(made.id, BOB)
    with pytest.raises(UnknownCandidate):
        candidates.approve("nothing", BOB)
    assert candidates.listed(REFUSED)[0].decided_by == BOB


def test_a_new_proposal_takes_the_place_of_the_open_one_and_words_are_proposed_once(candidates, log, spoken):
    _, (turn,) = spoken
    first = candidates.propose(turn.id, SITE, ANNE)
    second = candidates.propose(turn.id, replace(SITE, text="Un site, à Quimper !"), ANNE)
    assert candidates.by_id(first.id).state == WITHDRAWN
    _, (other,) = said(log, ("un site a quimper", 0.2))
    with pytest.raises(AlreadyProposed):
        candidates.propose(other.id, replace(SITE, text="un site a quimper"), BOB)
    assert candidates.withdraw(second.id, ANNE).state == WITHDRAWN
    assert candidates.propose(other.id, replace(SITE, text="un site a quimper"), BOB).state == PROPOSED


def test_every_act_is_in_the_history_of_the_conversation(engine, clock, candidates, spoken):
    conversation, (turn,) = spoken
    made = candidates.propose(turn.id, SITE, ANNE)
    candidates.refuse(made.id, BOB, "trop vague")
    events = open_reviews(engine, clock).standing(conversation.id).events
    assert [(each.what, each.value, each.who) for each in events] == [
        ("proposed", None, ANNE),
        ("refused", "trop vague", BOB),
    ]


def test_an_erasure_takes_proposals_along_and_names_the_exports_to_make_again(
    engine, clock, candidates, log, spoken
):
    conversation, (turn,) = spoken
    candidates.approve(candidates.propose(turn.id, SITE, ANNE).id, BOB)
    exports = open_exports(engine, clock)
    made, messages = exports.make("files", ANNE)
    assert ([each.reading for each in messages], made.lines, made.gone, exports.stale()) == ([SITE], 1, 0, [])
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert candidates.counts() == {}
    assert exports.messages(made.id) == []
    assert [(each.id, each.gone) for each in exports.stale()] == [(made.id, 1)]


def test_by_age_approved_messages_stay_and_forget_where_they_come_from(
    engine, clock, candidates, log, spoken, tmp_path
):
    conversation, (turn,) = spoken
    candidates.approve(candidates.propose(turn.id, SITE, ANNE).id, BOB)
    _, (second,) = said(log, ("autre chose", 0.2))
    exports = open_exports(engine, clock)
    exports.make("files", ANNE)
    waiting = candidates.propose(second.id, replace(SITE, text="autre chose"), ANNE)
    clock.now += timedelta(days=101)
    retention = open_retention(engine, Settings(conversation_days=100, var=tmp_path), clock)
    for each in retention.due():
        assert retention.drop(each)
    (left,) = candidates.listed(APPROVED, PROPOSED)
    assert (left.reading, left.conversation_id, left.turn_id) == (SITE, None, None)
    assert waiting.id != left.id
    assert log.traces(conversation) == 0
    assert exports.stale() == []


TWO = Reading("un site et une aide", "need_website", ("website", "grants"))
CALL = Reading("rappelez-moi pour un prêt", "talk_to_human", (), "loans")
THANKS = Reading('merci "beaucoup" : top', "thank")


def test_files_have_the_form_of_training_data_and_the_same_bytes_each_time(tmp_path):
    made = files([TWO, CALL, SITE, THANKS, SITE])
    assert made == files([THANKS, SITE, SITE, CALL, TWO])
    assert made["owners/website.yml"] == (
        'version: "3.1"\n'
        "nlu:\n"
        "- intent: need_website\n"
        "  metadata: {voice: owners}\n"
        "  examples: |\n"
        "    - un site à [Quimper](location:com29232)\n"
    )
    assert "metadata: {needs: [website, grants]}" in made["owners/two_needs.yml"]
    assert "metadata: {about: loans}" in made["owners/talk_to_human.yml"]
    for path, text in made.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        assert parse_yaml(text)["version"] == "3.1"
    read = {(line.text, line.label, line.needs, line.voice) for line in read_training(tmp_path)}
    assert read == {
        (SITE.text, "need_website", ("website",), "owners"),
        (TWO.text, "need_website", ("website", "grants"), "owners"),
        (CALL.text, "talk_to_human", (), "owners"),
        (THANKS.text, "thank", (), "owners"),
    }


@pytest.mark.parametrize(
    "text", ["# pas un commentaire", "- {a: 1} & *b", "'\"\\ : %x", "un site | > et ~", "null", "12"]
)
def test_no_words_break_a_file(tmp_path, text):
    for reading in (Reading(text, "inform"), Reading(text, "talk_to_human", (), "loans")):
        for path, content in files([reading]).items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(content, encoding="utf-8")
            assert [line["text"] if isinstance(line, dict) else line for line in _examples(content)] == [text]


def _examples(content):
    (block,) = parse_yaml(content)["nlu"]
    examples = block["examples"]
    return [line[2:] for line in examples.splitlines()] if isinstance(examples, str) else examples


def test_a_preview_counts_and_leaves_out_what_is_there_already():
    present = [
        TrainingLine("Un site à Quimper !", "need_website", ("website",), "bourg", "website"),
        TrainingLine("merci beaucoup, top", "feedback_positive", (), "bourg", "feedback_positive"),
    ]
    found = preview([SITE, THANKS, CALL], present)
    assert found.repeated == (SITE.text,)
    assert [(each.label, each.present_label) for each in found.conflicts] == [("thank", "feedback_positive")]
    assert (found.lines, dict(found.added)) == (1, {"talk_to_human": 1})
    assert list(found.files) == ["owners/talk_to_human.yml"]


def test_the_owners_voice_is_written_whole_so_that_what_was_erased_leaves_it(tmp_path):
    write_files(tmp_path, files([CALL, THANKS, SITE]))
    found = preview([SITE, TWO, CALL], read_training(tmp_path))
    assert (dict(found.added), found.removed, found.repeated) == ({"need_website": 1}, 1, ())
    write_files(tmp_path, found.files)
    assert {line.text for line in read_training(tmp_path)} == {SITE.text, TWO.text, CALL.text}
    assert not preview([SITE, TWO, CALL], read_training(tmp_path)).changes
