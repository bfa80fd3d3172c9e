"""A knowledge base that is opened when it is asked, and asked again where it could not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knowledge.service import KnowledgeBase


class Reopening:
    """Stands for the knowledge base that `opened` gives; each use raises what that raises until it succeeds."""

    def __init__(self, opened: Callable[[], KnowledgeBase]) -> None:
        self._opened = opened
        self._knowledge: KnowledgeBase | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the knowledge base has under this name."""
        if self._knowledge is None:
            self._knowledge = self._opened()
        return getattr(self._knowledge, name)
