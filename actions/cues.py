"""Words that turn a message into something else: « plus près », « fonds européens », « plusieurs pays »."""

from __future__ import annotations

from collections.abc import Iterable

from actions.services import Services
from knowledge.guidance.words import plain


def says(services: Services, cue: str, text: str | None) -> bool:
    """Tell whether a text holds one of the phrases of a cue, whole words in order."""
    return holds(text, services.wording.cues[cue])


def holds(text: str | None, phrases: Iterable[str]) -> bool:
    """Tell whether a text holds one of the phrases, which are plain: without accents, case or marks."""
    words = f" {plain(text or '')} "
    return any(f" {phrase} " in words for phrase in phrases)
