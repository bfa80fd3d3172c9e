import pytest

from tests.portal.shipped import shipped_directory


@pytest.fixture(scope="session")
def desk():
    return shipped_directory()


@pytest.fixture
def bench(bench, desk):
    """The portal with the shipped directory."""
    bench.directory = desk
    return bench


@pytest.fixture
def read(desk):
    """Read a search from the values of an address."""
    return lambda **values: desk.searches.read(values)
