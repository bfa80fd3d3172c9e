"""A labelled message."""

from __future__ import annotations

from dataclasses import dataclass

NEED_PREFIX = "need_"


@dataclass(frozen=True)
class Example:
    """A labelled message: its main label, its needs, most important first (none for a dialogue act), the voice it is
    written in, and the need that an act is about (« rappelez-moi pour un prêt »); empty where nobody said.
    """

    text: str
    label: str
    needs: tuple[str, ...] = ()
    voice: str = ""
    about: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return all that the message says: its needs as labels, or its act."""
        return tuple(NEED_PREFIX + need for need in self.needs) or (self.label,)
