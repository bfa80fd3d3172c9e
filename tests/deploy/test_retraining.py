"""What the console asks for is trained and compared, over a tiny folder of sources and a trainer that only notes."""

import json
import time

import pytest

from conversations import model_pointer
from conversations.bootstrap import utc_now
from conversations.log import ConversationLog
from conversations.model_run_views import DONE, FAILED
from conversations.model_runs import UnknownRun
from conversations.review_bootstrap import open_candidates, open_exports, open_runs
from conversations.review_files import files, write_files
from conversations.review_views import Reading, Who
from conversations.training_lines import read_training
from deploy.engine import rasa_command
from deploy.errors import NotCompared, TrainingFailed
from deploy.model import content_hash, forget_old, serving_model
from deploy.retraining import Retraining
from tests.databases import empty_record

ANNE, BOB = Who("a1", "Anne"), Who("b2", "Bob")
GREET = 'version: "3.1"\nnlu:\n- intent: greet\n  metadata: {voice: bourg}\n  examples: |\n    - bonjour\n'
REPORT = {"figures": {"single": [0.9, 1.0]}}


class FakeTrainer:
    """Makes a file in place of a model, and knows what it was made of."""

    def __init__(self, fails_at=None, seconds=0.0):
        self.fails_at, self.seconds, self.lines, self.compared = fails_at, seconds, [], None

    def train(self, data, model, log):
        log.write_text("epoch 1\n")
        time.sleep(self.seconds)
        if self.fails_at == "train":
            raise TrainingFailed(str(log))
        self.lines = read_training(data / "nlu")
        model.write_bytes(b"candidate")

    def compare(self, present, candidate, taught, report, log):
        if self.fails_at == "compare":
            raise NotCompared(str(log))
        self.compared = (present.name, candidate.name, [json.loads(each) for each in taught.open()])
        report.write_text(json.dumps(REPORT))


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "sources"
    (root / "data" / "nlu").mkdir(parents=True)
    (root / "data" / "nlu" / "greet.yml").write_text(GREET)
    (root / "config.yml").write_text("pipeline: []")
    return root


@pytest.fixture
def models(tmp_path, root):
    models = tmp_path / "models"
    models.mkdir()
    (models / model_pointer.name_of(content_hash(root))).write_bytes(b"present")
    return models


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request, tmp_path):
    with empty_record(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def approve(record):
    """Let a message into the training data, from a conversation of its own."""
    log, candidates = ConversationLog(record, utc_now), open_candidates(record)

    def approve(reading):
        _, conversation = log.start()
        turn = log.answer(log.receive(conversation, "m1", reading.text), [{"text": "?"}], {})
        candidates.approve(candidates.propose(turn.id, reading, ANNE).id, BOB)

    return approve


@pytest.fixture
def ask(record):
    def ask():
        export, _ = open_exports(record).make("model", ANNE)
        return open_runs(record).ask(export.id, "essai", ANNE).id

    return ask


def retraining(record, root, models, tmp_path, trainer):
    runs, exports = open_runs(record), open_exports(record)
    return Retraining(runs, exports, trainer, root, models, tmp_path / "trainings", beat_seconds=0.02)


def test_a_candidate_is_trained_with_what_was_approved_and_compared(
    record, root, models, tmp_path, approve, ask
):
    approve(Reading("ohé du bateau", "greet"))
    run_id, trainer = ask(), FakeTrainer(seconds=0.1)
    retraining(record, root, models, tmp_path, trainer).run(run_id)
    run = open_runs(record).by_id(run_id)
    assert (run.state, run.report, run.log.strip()) == (DONE, REPORT, "epoch 1")
    assert {(line.text, line.voice) for line in trainer.lines} == {
        ("bonjour", "bourg"),
        ("ohé du bateau", "owners"),
    }
    assert run.present_model == model_pointer.name_of(content_hash(root))
    assert (models / run.candidate_model).read_bytes() == b"candidate"
    taught = {"text": "ohé du bateau", "intent": "greet", "needs": [], "entities": []}
    assert trainer.compared == (run.present_model, run.candidate_model, [taught])
    assert list((tmp_path / "trainings").iterdir()) == []
    assert [path.name for path in (root / "data" / "nlu").iterdir()] == ["greet.yml"], (
        "the sources are as they were"
    )
    with pytest.raises(UnknownRun):
        retraining(record, root, models, tmp_path, trainer).run(run_id)


def test_the_candidate_has_the_name_that_the_sources_get_with_the_exported_files(
    record, root, models, tmp_path, approve, ask
):
    approve(Reading("ohé du bateau", "greet"))
    run_id, trainer = ask(), FakeTrainer()
    retraining(record, root, models, tmp_path, trainer).run(run_id)
    write_files(root / "data" / "nlu", files([Reading("ohé du bateau", "greet")]))
    assert open_runs(record).by_id(run_id).candidate_model == model_pointer.name_of(content_hash(root))


@pytest.mark.parametrize(
    ("fails_at", "failure"), [("train", "training"), ("compare", "measuring"), (None, "nothing_new")]
)
def test_what_fails_is_told_in_one_word_and_nothing_is_left(
    record, root, models, tmp_path, approve, ask, fails_at, failure
):
    approve(Reading("bonjour" if failure == "nothing_new" else "ohé du bateau", "greet"))
    run_id = ask()
    retraining(record, root, models, tmp_path, FakeTrainer(fails_at)).run(run_id)
    run = open_runs(record).by_id(run_id)
    assert (run.state, run.failure) == (FAILED, failure)
    assert list((tmp_path / "trainings").iterdir()) == []
    assert ask(), "another one may be asked for"


def test_without_the_present_model_there_is_nothing_to_compare_with(
    record, root, models, tmp_path, approve, ask
):
    approve(Reading("ohé du bateau", "greet"))
    next(models.iterdir()).unlink()
    run_id = ask()
    retraining(record, root, models, tmp_path, FakeTrainer()).run(run_id)
    assert open_runs(record).by_id(run_id).failure == "no_model"


def test_a_start_serves_the_promoted_model_until_the_sources_change(root, models):
    own = models / model_pointer.name_of(content_hash(root))
    assert serving_model(root, models) == own
    (models / "candidate.tar.gz").write_bytes(b"candidate")
    model_pointer.promote(models, "candidate.tar.gz", content_hash(root))
    assert serving_model(root, models) == models / "candidate.tar.gz"
    (root / "config.yml").write_text("pipeline: [new]")
    (models / model_pointer.name_of(content_hash(root))).write_bytes(b"new")
    assert serving_model(root, models).read_bytes() == b"new"


def test_what_is_promoted_and_what_one_may_roll_back_to_is_not_forgotten(root, models):
    for name in ("first", "second"):
        (models / f"{name}.tar.gz").write_bytes(b"model")
        model_pointer.promote(models, f"{name}.tar.gz", content_hash(root))
    held = {path.name for path in models.glob("*.tar.gz")}
    for number in range(4):
        (models / f"later{number}.tar.gz").write_bytes(b"model")
    forget_old(models)
    left = {path.name for path in models.glob("*.tar.gz")}
    assert held <= left
    assert len(left - held) == 3


def test_each_start_of_rasa_looks_for_the_promoted_model(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    environment = {
        "BOUSSOLE_VAR": str(tmp_path),
        "RASA_PORT": "5005",
        "MODEL": "own.tar.gz",
        "MODEL_SOURCES": "hash",
    }
    assert "own.tar.gz" in rasa_command(environment)
    (models / "candidate.tar.gz").write_bytes(b"candidate")
    model_pointer.promote(models, "candidate.tar.gz", "hash")
    command = rasa_command(environment | {"RASA_TOKEN": "secret"})
    assert command[command.index("--model") + 1] == str(models / "candidate.tar.gz")
    assert command[-2:] == ["--auth-token", "secret"]
    assert "own.tar.gz" in rasa_command(environment | {"MODEL_SOURCES": "other"})
