"""Opens the models over an open record, the folder of models and rasa."""

import os

from sqlalchemy.engine import Engine

from console.models.desk import ModelDesk
from console.models.engine import RasaEngine
from console.models.launching import launcher
from console.review.desk import ReviewDesk
from conversations.review_bootstrap import open_decisions, open_runs
from settings import ROOT, Settings

# Set by `python -m deploy start` for the processes it starts: what the served model is made of.
SOURCES = "MODEL_SOURCES"


def open_models(record: Engine, settings: Settings, review: ReviewDesk) -> ModelDesk:
    """Return the models; what was approved is that of `review`."""
    token = settings.rasa_token.get_secret_value() if settings.rasa_token else ""
    return ModelDesk(
        runs=open_runs(record),
        decisions=open_decisions(record),
        candidates=review.candidates,
        exports=review.exports,
        known=review.checks.known,
        engine=RasaEngine(settings.rasa_url, token),
        models=settings.var / "models",
        launch=launcher(ROOT, settings.var / "log"),
        sources=os.environ.get(SOURCES, ""),
    )
