"""Trainings asked for, and which model answers owners."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.models.engine import Engine, EngineAway, ModelRefused
from console.review.checks import Known
from conversations import model_pointer
from conversations.model_decisions import ModelDecisions
from conversations.model_pointer import Promoted
from conversations.model_run_views import DONE, PROMOTED, REJECTED, ROLLED_BACK, Kind, Run
from conversations.model_runs import ModelRuns
from conversations.review_candidates import Candidates
from conversations.review_exports import MODEL, Exports
from conversations.review_files import Preview, preview
from conversations.review_views import APPROVED, Who

FAILURES = {EngineAway: "engine_away", ModelRefused: "refused", OSError: "disk"}


class NotPossible(Exception):
    """What was asked for cannot be done; the message is a key of `models_wrong` in the wording."""


@dataclass(frozen=True)
class Present:
    """Which model answers: the engine's own word (None where it does not say), and what is promoted."""

    loaded: str | None
    promoted: Promoted | None


@dataclass(frozen=True)
class ModelDesk:
    """Asks for trainings and carries decisions out.

    `launch` starts the process that works on a training, by its id. `sources` is the hash of what the served model is
    made of, empty where nobody said: a model made of other sources is not promoted.
    """

    runs: ModelRuns
    decisions: ModelDecisions
    candidates: Candidates
    exports: Exports
    known: Known
    engine: Engine
    models: Path
    launch: Callable[[str], None]
    sources: str = ""

    def to_teach(self) -> Preview:
        """Return what the approved messages would change."""
        approved = self.candidates.listed(APPROVED)
        return preview([each.reading for each in approved], self.known.lines())

    def taught_already(self) -> bool:
        """Tell whether the promoted model has learnt just what is approved."""
        pointer = model_pointer.read_pointer(self.models)
        run = next(
            (
                each
                for each in self.runs.listed(limit=200)
                if pointer and each.candidate_model == pointer.model
            ),
            None,
        )
        if run is None:
            return False
        learnt = {each.id for each in self.exports.messages(run.export_id)}
        gone = run.export_id in self.stale()
        return not gone and learnt == {each.id for each in self.candidates.listed(APPROVED)}

    def ask(self, why: str, who: Who) -> Run:
        """Ask for a training with all that is approved, and start it.

        Raises NotPossible without a reason or anything new, RunUnderWay.
        """
        if not why.strip():
            raise NotPossible("reason")
        if not self.to_teach().changes or self.taught_already():
            raise NotPossible("nothing_new")
        export, _ = self.exports.make(MODEL, who)
        run = self.runs.ask(export.id, why.strip(), who)
        try:
            self.launch(run.id)
        except OSError:
            self.runs.failed(run.id, "not_started")
        return self.runs.by_id(run.id)

    def promote(self, run_id: str, reason: str, who: Who) -> None:
        """Let the candidate of a training answer owners. Raises NotPossible, and UnknownRun."""
        run = self.runs.by_id(run_id)
        if run.state != DONE or not run.candidate_model or not (self.models / run.candidate_model).is_file():
            raise NotPossible("gone")
        if self.sources and run.base != self.sources:
            raise NotPossible("outdated")
        self._carry_out(PROMOTED, run.candidate_model, run.base or "", reason, who, run.id)

    def reject(self, run_id: str, reason: str, who: Who) -> None:
        """Write down that a candidate is not wanted. Raises NotPossible, and UnknownRun."""
        run = self.runs.by_id(run_id)
        if run.state != DONE:
            raise NotPossible("gone")
        self.decisions.settle(self._noted(REJECTED, run.candidate_model, reason, who, run.id))

    def earlier(self) -> list[str]:
        """Return the models to roll back to, the latest first; the last one is that of the repository's own data."""
        pointer = model_pointer.read_pointer(self.models)
        if pointer is None:
            return []
        base_of = {run.candidate_model: run.base for run in self.runs.listed(limit=200)}
        same = [name for name in pointer.earlier if base_of.get(name) == pointer.base]
        names = [*same, model_pointer.name_of(pointer.base)]
        return [name for name in dict.fromkeys(names) if (self.models / name).is_file()]

    def roll_back(self, model: str, reason: str, who: Who) -> None:
        """Let an earlier model answer again. Raises NotPossible."""
        pointer = model_pointer.read_pointer(self.models)
        if pointer is None or model not in self.earlier():
            raise NotPossible("gone")
        self._carry_out(ROLLED_BACK, model, pointer.base, reason, who)

    def stale(self) -> frozenset[str]:
        """Return the exports (ids) that hold something erased since: what learnt them is to be made again."""
        return frozenset(each.id for each in self.exports.stale())

    def present(self) -> Present:
        """Return which model answers."""
        return Present(self.engine.loaded(), model_pointer.read_pointer(self.models))

    def _carry_out(
        self, kind: Kind, model: str, base: str, reason: str, who: Who, run_id: str | None = None
    ) -> None:
        """Load the model, then let each start find it; the decision is noted first, and what became of it."""
        noted = self._noted(kind, model, reason, who, run_id)
        try:
            self.engine.load(self.models / model)
            if model == model_pointer.name_of(base):
                model_pointer.withdraw(self.models)
            else:
                model_pointer.promote(self.models, model, base)
        except (EngineAway, ModelRefused, OSError) as error:
            failure = next(word for kind, word in FAILURES.items() if isinstance(error, kind))
            self.decisions.settle(noted, failure)
            raise NotPossible(failure) from None
        self.decisions.settle(noted)

    def _noted(self, kind: Kind, model: str | None, reason: str, who: Who, run_id: str | None) -> str:
        try:
            return self.decisions.note(kind, who, reason, model, run_id).id
        except ValueError:
            raise NotPossible("reason") from None
