"""One extractor for all entity tests: it is built once a process in the product too."""

import pytest

from bot.nlu.entities import EntityExtractor


@pytest.fixture(scope="session")
def extractor():
    return EntityExtractor.load()


@pytest.fixture(scope="session")
def found(extractor):
    """Return the entities of one kind that a message holds."""

    def find(text, kind):
        return [entity for entity in extractor.extract(text) if entity.entity == kind]

    return find
