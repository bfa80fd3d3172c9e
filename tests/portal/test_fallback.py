from dataclasses import dataclass, field

import pytest

from knowledge.errors import StoreUnreachable
from portal.fallback import SHOWN, Fallback
from portal.places import Places
from portal.wording import load_wording
from tests.portal.fakes import CONTACT, TO_CHECK, FakeContact, FakeKnowledge, FakeTerritories

FINISTERE = {"level": "departement", "code": "29", "name": "Finistère"}


@dataclass
class Crowd(FakeKnowledge):
    """A knowledge base with that many general contacts."""

    size: int = 0
    asked: list = field(default_factory=list)

    def general_contacts(self, place):
        return [FakeContact({**CONTACT, "id": str(number)}) for number in range(self.size)]


def fallback(knowledge):
    return Fallback(load_wording(), knowledge, Places(FakeTerritories()).find)


@pytest.fixture
def knowledge():
    return FakeKnowledge()


def test_the_text_alone_says_whom_to_call_and_how_sure_that_is(knowledge):
    lines = fallback(knowledge).message(None)["text"].split("\n")

    assert lines[0].startswith("L’assistant ne peut pas répondre pour le moment. Votre message est conservé")
    assert lines[1].startswith("En attendant, vous pouvez vous adresser à")
    assert lines[2:] == [
        f"– {CONTACT['name']}, {CONTACT['phone']}, {CONTACT['email']}, {CONTACT['url']}",
        f"– {TO_CHECK['name']}, {TO_CHECK['url']} (à confirmer)",
    ]


def test_the_card_holds_the_same_contacts_under_the_same_notice(knowledge):
    message = fallback(knowledge).message(FINISTERE)

    card = message["custom"]
    assert (card["type"], card["need"], card["territory"]) == ("contacts", None, FINISTERE)
    assert card["items"] == [CONTACT, TO_CHECK]
    notice = message["text"].split("\n")[0]
    assert card["lead"] == f"{notice} En attendant, voici des interlocuteurs généralistes."


class Unreachable(FakeKnowledge):
    """A knowledge base whose store is down."""

    def general_contacts(self, place):
        raise StoreUnreachable("connection refused")


def test_the_notice_is_said_even_when_the_store_is_down(knowledge):
    message = fallback(Unreachable()).message(FINISTERE)

    assert message["text"] == fallback(knowledge).message(FINISTERE)["text"].split("\n")[0]
    assert message["custom"] is None


@pytest.mark.parametrize("kind", ["message", "opening"])
def test_nobody_has_a_message_kept_who_has_not_written_any(knowledge, kind):
    message = getattr(fallback(knowledge), kind)(None)

    for words in (message["text"], message["custom"]["lead"]):
        assert ("Votre message est conservé" in words) is (kind == "message")
        assert ("Vous pouvez écrire votre demande" in words) is (kind == "opening")


@pytest.mark.parametrize("kind", ["message", "opening"])
def test_without_contacts_the_notice_stands_alone(kind):
    message = getattr(fallback(FakeKnowledge(empty=True)), kind)(FINISTERE)

    assert "\n" not in message["text"]
    assert "En attendant" not in message["text"]
    assert message["custom"] is None


@pytest.mark.parametrize(("size", "more"), [(SHOWN - 1, False), (SHOWN, False), (SHOWN + 1, True)])
def test_as_many_contacts_are_shown_as_the_bot_shows(size, more):
    message = fallback(Crowd(size=size)).message(None)

    assert len(message["custom"]["items"]) == min(size, SHOWN)
    assert message["custom"]["more"] is more
    assert message["text"].count("\n– ") == min(size, SHOWN)


@pytest.mark.parametrize(
    ("territory", "place"),
    [(FINISTERE, FakeTerritories.finistere), ({"level": "commune", "code": "00000"}, None), (None, None)],
)
def test_the_contacts_are_those_of_the_place_where_it_is_known(knowledge, territory, place):
    fallback(knowledge).message(territory)
    assert knowledge.asked == [place]


def test_contacts_of_the_last_copy_stand_in_where_the_store_is_down():
    kept = Fallback(load_wording(), Unreachable(), Places(FakeTerritories()).find, lambda place: [CONTACT])

    message = kept.message(FINISTERE)

    assert message["custom"]["items"] == [CONTACT]
    assert CONTACT["phone"] in message["text"]
