"""The models over a real record, with an engine and a launcher that only note."""

from dataclasses import replace

import pytest

from console.models.desk import ModelDesk
from console.models.engine import EngineAway, ModelRefused
from conversations import model_pointer
from conversations.review_bootstrap import open_decisions, open_runs
from conversations.review_views import Reading, Who
from tests.console.review.conftest import desk, folder, log, record, say  # noqa: F401  fixtures

BASE = "0123456789abcdef0123"
OWN = model_pointer.name_of(BASE)
CANDIDATE = "candidate.tar.gz"
OTHER = Who("account-other", "Autre Personne")
HEARD = {"labels": ["website"], "confidence": 0.91}
SCORE = {"messages": 8, "precision": 1.0, "recall": 0.875, "f1": 0.933}
REPORT = {
    "set": "dev",
    "messages": 297,
    "figures": {"single": [0.98, 1.0], "ece": [0.035, 0.04]},
    "labels": [{"label": "need_website", "before": SCORE, "after": SCORE | {"recall": 1.0, "f1": 1.0}}],
    "confusions": [{"label": "need_website", "taken_for": "thank", "before": 1, "after": 0}],
    "gained": [{"text": "une <b>vitrine</b>", "label": ["website"], "before": HEARD, "after": HEARD}],
    "lost": [],
    "taught": {"messages": 1, "before": 0, "after": 1},
}


class FakeEngine:
    """Holds the name of the model that it was told to load; raises what it is told to."""

    def __init__(self) -> None:
        self.name, self.raises = OWN, None

    def load(self, model):
        if self.raises:
            raise self.raises
        self.name = model.name

    def loaded(self):
        return None if isinstance(self.raises, EngineAway) else self.name


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def launched():
    return []


@pytest.fixture
def models(desk, record, engine, launched, tmp_path):  # noqa: F811
    place = tmp_path / "models"
    place.mkdir()
    for name in (OWN, CANDIDATE):
        (place / name).write_bytes(b"model")
    return ModelDesk(
        runs=open_runs(record),
        decisions=open_decisions(record),
        candidates=desk.candidates,
        exports=desk.exports,
        known=desk.checks.known,
        engine=engine,
        models=place,
        launch=launched.append,
        sources=BASE,
    )


@pytest.fixture
def services(services, desk, models):  # noqa: F811
    return replace(services, review=desk, models=models)


@pytest.fixture
def approved(desk, say):  # noqa: F811
    turn = say("une vitrine sur le net")
    reading = Reading("une vitrine sur le net", "need_website", ("website",))
    candidate = desk.candidates.propose(turn.id, reading, OTHER)
    return desk.candidates.approve(candidate.id, Who("account-third", "Une Troisième"))


@pytest.fixture
def compared(models, approved):
    """A training that has ended well; return its id."""
    run = models.ask("essai", OTHER)
    models.runs.begin(run.id)
    models.runs.done(run.id, OWN, CANDIDATE, BASE, REPORT)
    return run.id


REFUSALS = {"refused": ModelRefused("400"), "engine_away": EngineAway("ConnectError")}
