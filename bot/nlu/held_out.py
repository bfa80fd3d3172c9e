"""Parts of the training data to be held out: whole voices, as a new owner is a new voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.model_selection import GroupKFold, StratifiedKFold

from bot.nlu.need_example import Example


def folds_by_voice(examples: Sequence[Example], folds: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield `folds` times the places of the examples to train on and of those to hold out.

    No voice is on both sides. With fewer voices than folds, examples are held out by label alone.
    """
    voices = [example.voice for example in examples]
    if len(set(voices)) >= folds:
        return GroupKFold(folds).split(examples, groups=voices)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    return splitter.split(examples, [example.label for example in examples])
