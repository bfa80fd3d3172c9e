"""How a folded word sounds, so that « mexik » meets « mexique »."""

import re

# In this order; a rough sketch of French spelling, good enough to compare names.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ss|c(?=[eiy])", "S"),
        (r"qu|q|ck|c(?=[aouklrt]|$)", "k"),
        (r"ph", "f"),
        (r"y", "i"),
        (r"h", ""),
        (r"(.)\1", r"\1"),
        (r"es?\b", ""),
    )
)


def sound(key: str) -> str:
    """Return the sketch of a folded word or phrase; equal sketches sound about the same."""
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key
