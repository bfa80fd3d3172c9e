"""Records to match against, made in a line; the shipped content, loaded once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.loader import read_content
from knowledge.schema import Advisor, Scheme
from knowledge.service import KnowledgeBase
from knowledge.territories import load_territories

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "knowledge" / "content"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def territories():
    return load_territories()


@pytest.fixture(scope="session")
def content(territories):
    """The content as it is shipped."""
    return read_content(CONTENT, territories)


@pytest.fixture(scope="session")
def base(content, territories):
    """The knowledge base as it is shipped, on a day that does not move."""
    return KnowledgeBase(content, territories, today=lambda: TODAY)


@pytest.fixture
def sample(tmp_path):
    """A small valid content folder to break or to load."""
    folder = tmp_path / "content"
    shutil.copytree(HERE / "sample", folder)
    return folder


@pytest.fixture
def advisor():
    """Make a body from the fields that matter to a test."""

    def make(key: str, **fields) -> Advisor:
        given = {
            "id": key,
            "name": key,
            "kind": "other",
            "level": "national",
            "territory": "FR",
            "needs": ["website"],
            "audience": "toutes",
            "services": "Aide.",
            "cost": "free",
            "confidence": "secondary",
        }
        return Advisor(**{**given, **fields})

    return make


@pytest.fixture
def scheme():
    """Make a scheme from the fields that matter to a test."""

    def make(key: str = "aid", **fields) -> Scheme:
        given = {
            "id": key,
            "titre": key,
            "promesse": "Demandez une aide",
            "description": "Aide.",
            "types_aides": ["grant"],
            "porteurs": [{"nom": "Région", "roles": ["financeur"]}],
            "cibles": ["professionnels"],
            "eligibilite_geographique": ["PAYS-99100"],
            "date_mise_a_jour": "2026-11-22",
            "needs": ["website"],
            "level": "national",
            "status": "open",
            "confidence": "secondary",
        }
        return Scheme(**{**given, **fields})

    return make
