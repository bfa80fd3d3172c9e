"""Which body a request is for."""

from dataclasses import dataclass, replace

import pytest

from console.requests.routing import MatchedBodies, Meant
from knowledge.errors import StoreUnreachable, UnknownNeed
from knowledge.territories import load_territories


@dataclass(frozen=True)
class Body:
    id: str
    name: str = "Un organisme"
    email: str = "a@b.example"


class FakeKnowledge:
    """The bodies of Quimper for a need, and those for any."""

    def contacts(self, need, place, **facts):
        if need != "website":
            raise UnknownNeed(need)
        return [Body("best"), Body("served")] if place and place.code == "29232" else [Body("national")]

    def general_contacts(self, place):
        return [Body("general")]


@pytest.fixture(scope="module")
def territories():
    return load_territories()


@pytest.fixture
def bodies(territories):
    return MatchedBodies(FakeKnowledge, territories)


@pytest.fixture
def request_made(office):
    return office.asked()[0]


def test_the_best_body_with_an_account_is_meant_else_the_best(bodies, request_made):
    assert bodies.meant(request_made, frozenset({"served"})) == Meant("served", "29", "53")
    assert bodies.meant(request_made, frozenset()) == Meant("best", "29", "53")
    assert [each.id for each in bodies.near(request_made)] == ["best", "served"]


def test_without_a_need_or_a_place_the_general_ones_are_meant(bodies, request_made):
    assert bodies.meant(replace(request_made, need=None), frozenset()).body_id == "general"
    assert bodies.meant(replace(request_made, place=None), frozenset()) == Meant("national", None, None)
    lost = replace(request_made, place={"level": "commune", "code": "00000", "name": "?"})
    assert bodies.meant(lost, frozenset()) == Meant("national", None, None)


def test_a_knowledge_base_that_is_away_means_nobody(territories, request_made):
    def away():
        raise StoreUnreachable

    bodies = MatchedBodies(away, territories)
    assert bodies.meant(request_made, frozenset()) == Meant(None, "29", "53")
    assert (bodies.near(request_made), bodies.body("best")) == ([], None)
