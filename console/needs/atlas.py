"""The map of a page: each département with its number, in a shade of its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.freshness.shapes import AROUND_PARIS, MAGNIFIED, Drawing, Shape, read_drawing
from knowledge.territories import load_territories

CLASSES = 5  # shades; the numbers that part them are those that part the départements in equal lots


@dataclass(frozen=True)
class Area:
    """A territory on the map; `shade` is 0 for nothing (or nothing that is given), 1 to 5 the more there is."""

    shape: Shape
    shade: int
    number: int | None


@dataclass(frozen=True)
class Atlas:
    """The map; `limits` are the least numbers of the shades from 1 on."""

    drawing: Drawing
    areas: list[Area]
    limits: list[int]
    around_paris: tuple[str, ...] = AROUND_PARIS
    magnified: str = MAGNIFIED


def atlas_of(numbers: Mapping[str, int | None]) -> Atlas:
    """Return the map of these numbers by département."""
    limits = limits_of([number for number in numbers.values() if number])
    areas = [
        Area(shape, _shade(numbers.get(shape.code), limits), numbers.get(shape.code))
        for shape in drawing().shapes
    ]
    return Atlas(drawing(), areas, limits)


def limits_of(numbers: list[int]) -> list[int]:
    """Return the least number of each shade: lots of the same size, fewer where there are fewer numbers."""
    ordered = sorted(numbers)
    return sorted({ordered[len(ordered) * at // CLASSES] for at in range(CLASSES)}) if ordered else []


def _shade(number: int | None, limits: list[int]) -> int:
    return sum(number >= limit for limit in limits) if number else 0


@lru_cache(maxsize=1)
def drawing() -> Drawing:
    """Return the shapes."""
    territories = load_territories()
    return read_drawing([*territories.departements, *territories.collectivities])
