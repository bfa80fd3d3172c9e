"""The knowledge base is empty, gone or locked: said plainly, with the contacts of the last good copy."""

import json

import pytest

from actions.answer_need import AnswerNeed
from actions.services import Services
from actions.wording_store import load_wording
from knowledge.errors import EmptyStore, StoreUnreachable
from knowledge.last_copy import LastCopy
from knowledge.reopening import Reopening
from knowledge.territories import load_territories
from tests.actions.conftest import QUIMPER, Conversation, FakeKnowledge, need
from tests.actions.shipped import shipped_services

ASKED = {"intent": "need_website", "entities": [need("website"), QUIMPER]}


class Broken:
    """A knowledge base whose store is gone."""

    def __init__(self, error):
        self.error = error

    def __getattr__(self, name):
        raise self.error


@pytest.fixture
def copy(tmp_path):
    kept = LastCopy(tmp_path / "contacts.json")
    shipped = shipped_services()
    kept.keep(shipped.knowledge, shipped.territories)
    return kept


def talk(knowledge, last_copy):
    return Conversation(Services(knowledge, load_territories(), load_wording(), last_copy=last_copy))


@pytest.mark.parametrize("error", [StoreUnreachable("locked"), EmptyStore("nothing")])
async def test_it_is_said_with_the_contacts_of_the_last_copy(copy, error):
    conversation = talk(Broken(error), copy)
    (said,) = await conversation.run(AnswerNeed, **ASKED)
    assert said["text"].startswith("Je n’arrive pas à chercher dans ma base en ce moment.")
    assert said["custom"]["items"] == copy.contacts(load_territories().get("departement", "29"))
    assert said["custom"]["items"][0]["name"] in said["text"]
    assert conversation.slots["need"] == "website"
    assert conversation.slots["place"]["code"] == "29232"


async def test_without_a_copy_it_is_said_all_the_same(tmp_path):
    (said,) = await talk(Broken(StoreUnreachable("")), LastCopy(tmp_path / "none")).run(AnswerNeed, **ASKED)
    assert "réessayez dans quelques minutes" in said["text"]


async def test_a_store_that_was_emptied_meanwhile_is_no_silence(copy):
    empty = FakeKnowledge(contact_list=[], scheme_list=[])
    (said,) = await talk(empty, copy).run(AnswerNeed, **ASKED)
    assert len(said["custom"]["items"]) == 3


async def test_it_answers_as_soon_as_the_store_is_back(copy):
    stores = [FakeKnowledge(), StoreUnreachable("down")]

    def opened():
        store = stores.pop()
        if isinstance(store, Exception):
            raise store
        return store

    conversation = talk(Reopening(opened), copy)
    await conversation.run(AnswerNeed, **ASKED)
    contacts, *_ = await conversation.run(AnswerNeed, **ASKED)
    assert contacts["custom"]["need"] == "website"


def test_the_copy_holds_every_departement_and_is_written_once_a_content(copy, tmp_path):
    path = tmp_path / "contacts.json"
    held = json.loads(path.read_text())
    assert len(held["contacts"]) > 100
    assert all(held["contacts"].values())
    path.write_text(json.dumps(held | {"contacts": {}}))
    copy.keep(shipped_services().knowledge, load_territories())
    assert copy.contacts(None) == []


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_damaged_copy_is_none(tmp_path, content):
    path = tmp_path / "contacts.json"
    path.write_text(content)
    assert LastCopy(path).contacts(None) == []
