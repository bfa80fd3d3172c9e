"""The shapes of the map, and the shade each département has for a need."""

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.coverage import COLLECTIVITIES
from knowledge.freshness.coverage import Cell
from knowledge.territories import Place
from knowledge.territories.tables import CONTENT

MAP = CONTENT / "map.json"
SIDE, GAP = 120, 24  # squares of what lies overseas, in the units of the drawing
# Paris and its neighbours are too small to be seen: they are drawn again, magnified, in the empty corner.
AROUND_PARIS = ("75", "92", "93", "94")
MAGNIFIED = "translate(40 40) scale(4.6) translate(-913 -403)"
SHADES = ("nobody", "only_national", "unverified", "one", "two", "more")


@dataclass(frozen=True)
class Shape:
    """One territory on the map: a path in the drawing's units; `label` where it is a square, centred at x, y."""

    code: str
    name: str
    path: str
    label: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Drawing:
    """The whole map: every territory once, its size, and whom to credit."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    author: str
    licence: str
    licence_url: str


def read_drawing(places: list[Place], path: Path = MAP) -> Drawing:
    """Return the map of `places`: a shape where the file has one, else a square below, départements first."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    paths = kept["shapes"]
    drawn = [Shape(place.code, place.name, paths[place.code]) for place in places if place.code in paths]
    apart = [place for place in places if place.code not in paths]
    rows = [
        [place for place in apart if place.code not in COLLECTIVITIES],
        [place for place in apart if place.code in COLLECTIVITIES],
    ]
    squares = [
        _square(place, column, row, kept["height"])
        for row, members in enumerate(rows)
        for column, place in enumerate(members)
    ]
    return Drawing(
        width=kept["width"],
        height=kept["height"] + len(rows) * (SIDE + GAP) + GAP,
        shapes=(*drawn, *squares),
        author=kept["author"],
        licence=kept["licence"],
        licence_url=kept["licence_url"],
    )


def shade(cell: Cell) -> str:
    """Return the shade of a cell: what is missing, or how many near bodies are verified."""
    if cell.hole is not None:
        return cell.hole.name.lower()
    return ("one", "two", "more")[min(cell.near_verified, 3) - 1]


def _square(place: Place, column: int, row: int, top: int) -> Shape:
    x, y = GAP + column * (SIDE + GAP), top + GAP + row * (SIDE + GAP)
    path = f"M{x},{y}h{SIDE}v{SIDE}h-{SIDE}z"
    return Shape(place.code, place.name, path, place.code, x + SIDE // 2, y + SIDE // 2)
