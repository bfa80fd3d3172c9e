"""Tables of the models: trainings asked for, and what was decided about them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text, UniqueConstraint

from conversations.models import NullableJSON, UtcDateTime, mapper_registry


@mapper_registry.mapped
class ModelRunRow:
    """One training with approved messages, compared with the model that answers owners.

    `active` is 1 while it waits or runs and null afterwards: being unique, it lets one run at a time. `beat_at` is the
    runner's last sign of life. Models are file names; `base` is the hash of the sources that the candidate was made of.
    """

    __tablename__ = "model_runs"
    __table_args__ = (UniqueConstraint("active", name="uq_model_runs_active"),)

    id = Column(String(32), primary_key=True)
    state = Column(String(10), nullable=False)
    active = Column(Integer)
    export_id = Column(String(32), nullable=False)
    why = Column(Text, nullable=False)
    account_id = Column(String(64), nullable=False)
    account_name = Column(String(200), nullable=False)
    asked_at = Column(UtcDateTime, nullable=False, index=True)
    started_at = Column(UtcDateTime)
    beat_at = Column(UtcDateTime, nullable=False)
    ended_at = Column(UtcDateTime)
    step = Column(String(20))
    log = Column(Text, nullable=False, default="")
    failure = Column(String(40))
    present_model = Column(String(200))
    candidate_model = Column(String(200))
    base = Column(String(64))
    report = Column(NullableJSON)


@mapper_registry.mapped
class ModelDecisionRow:
    """One decision on which model answers owners, and why; `outcome` tells whether the engine did so."""

    __tablename__ = "model_decisions"

    id = Column(String(32), primary_key=True)
    kind = Column(String(20), nullable=False)
    run_id = Column(ForeignKey("model_runs.id"))
    model = Column(String(200))
    account_id = Column(String(64), nullable=False)
    account_name = Column(String(200), nullable=False)
    reason = Column(Text, nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)
    outcome = Column(String(10), nullable=False)
    failure = Column(String(40))
