import pytest

from knowledge.codes import Need
from portal.directory.atlas import SHADES, Atlas


def atlas_of(*counts):
    return Atlas({str(code): count for code, count in enumerate(counts)})


def bands(atlas):
    return [(band.low, band.high) for band in atlas.bands]


def test_none_has_a_shade_of_its_own():
    atlas = atlas_of(0, 4, 5)
    assert bands(atlas) == [(0, 0), (4, 4), (5, 5)]
    assert [atlas.shade(code) for code in "012"] == [0, 1, 2]


def test_many_counts_share_shades_in_order():
    atlas = atlas_of(*range(41))
    assert bands(atlas) == [(0, 0), (1, 10), (11, 20), (21, 30), (31, 40)]
    assert [atlas.shade(code) for code in ("0", "1", "10", "11", "40")] == [0, 1, 1, 2, 4]


def test_a_map_without_anybody_has_one_band():
    assert bands(atlas_of(0, 0)) == [(0, 0)]


@pytest.mark.parametrize("need", [None, *Need])
def test_every_departement_has_its_shade_on_every_map(desk, need):
    atlas = desk.atlas(need)
    assert len(atlas.counts) == 101 + 6
    for code, count in atlas.counts.items():
        band = atlas.bands[atlas.shade(code)]
        assert band.low <= count <= band.high
    assert len(atlas.bands) <= SHADES
