"""Words that take back the place behind them: « pas à Brest », « au lieu de Tours »."""

from __future__ import annotations

import re
from collections.abc import Callable


def denial_test(denials: list[str], between: list[str], kept: list[str]) -> Callable[[str], bool]:
    """Return a test of the words before a place: do they end in a denial?

    `denials` deny, `between` may stand between them and the place, `kept` before a denial make it none (« en plus »).
    """
    kept_before = "".join(rf"(?<!\b{word} )" for word in kept)
    link = "|".join(re.escape(word) for word in sorted(between, key=len, reverse=True))
    pattern = re.compile(rf"{kept_before}\b(?:{'|'.join(denials)})\s+(?:(?:{link})\s*)*$", re.IGNORECASE)
    return lambda words: bool(pattern.search(words.replace("\u2019", "'")))
