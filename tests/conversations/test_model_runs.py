from datetime import timedelta

import pytest

from conversations import model_pointer as pointer
from conversations.model_run_views import DONE, FAILED, QUEUED, RUNNING
from conversations.model_runs import RunUnderWay, UnknownRun
from conversations.review_bootstrap import open_decisions, open_runs
from tests.conversations.test_reviews import ANNE, BOB


@pytest.fixture
def runs(engine, clock):
    return open_runs(engine, clock)


def test_a_training_is_asked_for_taken_on_and_done(runs):
    run = runs.ask("export-1", "nouveaux mots du vin", ANNE)
    assert (run.state, run.who, run.why) == (QUEUED, ANNE, "nouveaux mots du vin")
    assert runs.begin(run.id).state == RUNNING
    runs.beat(run.id, "training", "epoch 1")
    assert (runs.by_id(run.id).step, runs.by_id(run.id).log) == ("training", "epoch 1")
    runs.done(run.id, "a.tar.gz", "b.tar.gz", "a", {"figures": {}})
    done = runs.by_id(run.id)
    assert (done.state, done.candidate_model, done.report) == (DONE, "b.tar.gz", {"figures": {}})
    assert done.ended_at > done.started_at > done.asked_at


def test_one_at_a_time(runs):
    run = runs.ask("export-1", "a", ANNE)
    with pytest.raises(RunUnderWay):
        runs.ask("export-2", "b", BOB)
    runs.begin(run.id)
    with pytest.raises(UnknownRun):
        runs.begin(run.id)
    runs.failed(run.id, "training", "no space left")
    assert (runs.by_id(run.id).state, runs.by_id(run.id).failure) == (FAILED, "training")
    assert [each.why for each in (runs.ask("export-2", "b", BOB), *runs.listed())][:2] == ["b", "b"]


def test_a_training_whose_process_is_gone_is_given_up_and_cannot_end_any_more(runs, clock):
    run = runs.ask("export-1", "a", ANNE)
    runs.begin(run.id)
    clock.now += timedelta(seconds=100)
    assert runs.expire() == 0
    runs.beat(run.id, "training", "")
    clock.now += timedelta(seconds=130)
    following = runs.ask("export-2", "b", BOB)
    assert (runs.by_id(run.id).state, runs.by_id(run.id).failure) == (FAILED, "stopped")
    for late in (lambda: runs.beat(run.id, "x", ""), lambda: runs.done(run.id, "", "", "", {})):
        with pytest.raises(UnknownRun):
            late()
    runs.failed(run.id, "late")
    assert runs.by_id(run.id).failure == "stopped"
    assert runs.by_id(following.id).state == QUEUED


def test_a_decision_has_a_reason_and_an_outcome(engine, clock, runs):
    decisions = open_decisions(engine, clock)
    run = runs.ask("export-1", "a", ANNE)
    with pytest.raises(ValueError, match="reason"):
        decisions.note("promoted", BOB, " ", "b.tar.gz", run.id)
    made = decisions.note("promoted", BOB, "deux erreurs de moins", "b.tar.gz", run.id)
    back = decisions.note("rolled_back", ANNE, "trop de doutes", None)
    decisions.settle(made.id)
    decisions.settle(back.id, "engine_away")
    assert [(each.kind, each.who, each.outcome, each.failure) for each in decisions.listed()] == [
        ("rolled_back", ANNE, "failed", "engine_away"),
        ("promoted", BOB, "done", None),
    ]


def test_the_promoted_model_is_served_while_its_sources_are_the_present_ones(tmp_path):
    assert pointer.serving(tmp_path, "hash") is None
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.tar.gz").write_bytes(b"model")
        pointer.promote(tmp_path, f"{name}.tar.gz", "hash")
    assert pointer.serving(tmp_path, "hash") == tmp_path / "c.tar.gz"
    assert pointer.serving(tmp_path, "other") is None
    assert pointer.kept(tmp_path) == {"a.tar.gz", "b.tar.gz", "c.tar.gz", "hash.tar.gz"}
    pointer.promote(tmp_path, "a.tar.gz", "hash")
    assert pointer.read_pointer(tmp_path).earlier == ("c.tar.gz", "b.tar.gz")
    (tmp_path / "a.tar.gz").unlink()
    assert pointer.serving(tmp_path, "hash") is None
    pointer.withdraw(tmp_path)
    pointer.withdraw(tmp_path)
    assert pointer.kept(tmp_path) == frozenset()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"model": 1}', "\x00"])
def test_a_damaged_pointer_is_none(tmp_path, content):
    (tmp_path / "promoted").write_text(content)
    assert pointer.read_pointer(tmp_path) is None
