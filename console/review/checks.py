"""What stands against teaching a message: it is known already, it measures the model, it names somebody."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from conversations.likeness import Likeness
from conversations.review_masking import Teaching
from conversations.review_views import Candidate, Reading
from conversations.training_cache import read_kept
from conversations.training_lines import OWNERS, TrainingLine, read_measuring, read_training


@dataclass(frozen=True)
class Finding:
    """One thing to know before a message is taught; what `stops` it cannot be passed over.

    `name` is a key of the wording, `words` the message or words found, `label` what that message is taught as.
    """

    name: str
    stops: bool
    words: str = ""
    label: str = ""


class Known:
    """The training data and the sets that measure it, read when they are first asked for and when files changed.

    `kept` is a folder where the data may be kept as it was read; None keeps it nowhere.
    """

    def __init__(self, training: Path, measuring: Sequence[Path], kept: Path | None = None) -> None:
        self._training, self._measuring, self._kept = training, measuring, kept
        self._lock = threading.Lock()
        self._stamp: object = None
        self._lines: list[TrainingLine] = []
        self._compared: tuple[Likeness, Likeness] | None = None

    def lines(self) -> list[TrainingLine]:
        """Return the training data."""
        with self._lock:
            self._read()
            return self._lines

    def prepare(self) -> None:
        """Make ready what is kept in a file, so that the first who asks does not wait; nothing is held in memory."""
        if self._kept is not None:
            read_kept(self._training, self._kept)

    def findings(self, reading: Reading) -> list[Finding]:
        """Return what training data and measuring sets say against a message."""
        lines, likeness, sets = self._all()
        found = []
        if sets.closest(reading.text):
            found.append(Finding("measures", stops=True))
        match = likeness.closest(reading.text)
        if match:
            line = lines[match.place]
            name = "same" if match.same else "close"
            found.append(Finding(name, match.same and line.voice != OWNERS, line.text, line.label))
        return found

    def _all(self) -> tuple[list[TrainingLine], Likeness, Likeness]:
        with self._lock:
            self._read()
            if self._compared is None:
                lines = self._lines
                likeness = Likeness([each.text for each in lines], [each.key for each in lines])
                sets = Likeness(read_measuring(path for path in self._measuring if path.exists()))
                self._compared = likeness, sets
            return self._lines, *self._compared

    def _read(self) -> None:
        stamp = [(path, path.stat().st_mtime_ns) for path in sorted(self._training.rglob("*.yml"))]
        if stamp != self._stamp:
            kept, training = self._kept, self._training
            self._lines = read_kept(training, kept) if kept is not None else read_training(training)
            self._stamp, self._compared = stamp, None


@dataclass(frozen=True)
class Checks:
    """All that is asked before a message is taught."""

    known: Known
    teaching: Teaching

    def findings(
        self, reading: Reading, candidates: Sequence[Candidate], own: str | None = None
    ) -> list[Finding]:
        """Return what is to be known of a message; `candidates` stand already, `own` is the turn it comes from."""
        names = [Finding("names", False, words) for words in self.teaching.names(reading.text)]
        others = [each for each in candidates if own is None or each.turn_id != own]
        match = Likeness([each.reading.text for each in others]).closest(reading.text)
        twins = []
        if match:
            other = others[match.place]
            twins = [Finding("proposed", match.same, other.reading.text, other.reading.label)]
        return [*self.known.findings(reading), *twins, *names]
