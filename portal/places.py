"""From the territory a caller names to one of the official geographic code."""

from collections.abc import Mapping
from typing import Any, Protocol


class Place(Protocol):
    """A French territory."""

    level: str
    code: str
    name: str


class Territories(Protocol):
    """The part of the territories' table that is read here; `get` raises LookupError for an unknown code."""

    def get(self, level: str, code: str) -> Place:
        """Return the territory of this level and code."""

    def search(self, text: str) -> list[Place]:
        """Return the territories that go by this name, number or postcode, best first."""


class UnknownPlace(LookupError):
    """No territory goes by that code or name."""


class Places:
    """Looks territories up."""

    def __init__(self, territories: Territories) -> None:
        self._territories = territories

    def find(self, territory: Mapping[str, Any]) -> Place | None:
        """Return the place of `{"level", "code"}`, None when there is none."""
        try:
            return self._territories.get(str(territory.get("level")), str(territory.get("code")))
        except LookupError:
            return None

    def resolve(self, asked: str | Mapping[str, Any]) -> dict[str, Any]:
        """Return `{"level", "code", "name"}` for a code pair or for words such as "29" or "Finistère".

        Raises UnknownPlace when nothing goes by that.
        """
        place = self._first(asked) if isinstance(asked, str) else self.find(asked)
        if place is None:
            raise UnknownPlace(asked)
        return {"level": place.level, "code": place.code, "name": place.name}

    def _first(self, words: str) -> Place | None:
        return next(iter(self._territories.search(words)), None)
