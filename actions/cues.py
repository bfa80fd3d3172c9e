"""Words that turn a message into something else: « plus près », « fonds européens », « plusieurs pays »."""

from __future__ import annotations

from actions.services import Services
from knowledge.guidance.words import plain


def says(services: Services, cue: str, text: str | None) -> bool:
    """Tell whether a text holds one of the phrases of a cue, whole words in order."""
    words = f" {plain(text or '')} "
    return any(f" {phrase} " in words for phrase in services.wording.cues[cue])
