"""Opens the review over an open record."""

from sqlalchemy.engine import Engine

from conversations.bootstrap import utc_now
from conversations.log import Clock
from conversations.model_decisions import ModelDecisions
from conversations.model_runs import ModelRuns
from conversations.review_candidates import Candidates
from conversations.review_exports import Exports
from conversations.reviews import Reviews
from conversations.transactions import Transactions


def open_reviews(engine: Engine, clock: Clock = utc_now) -> Reviews:
    """Return what people make of conversations."""
    return Reviews(Transactions(engine), clock)


def open_candidates(engine: Engine, clock: Clock = utc_now) -> Candidates:
    """Return what is proposed for training."""
    return Candidates(Transactions(engine), clock)


def open_exports(engine: Engine, clock: Clock = utc_now) -> Exports:
    """Return what left the record for training files."""
    return Exports(Transactions(engine), clock)


def open_runs(engine: Engine, clock: Clock = utc_now) -> ModelRuns:
    """Return the trainings asked for."""
    return ModelRuns(Transactions(engine), clock)


def open_decisions(engine: Engine, clock: Clock = utc_now) -> ModelDecisions:
    """Return which model answers owners, and why."""
    return ModelDecisions(Transactions(engine), clock)
