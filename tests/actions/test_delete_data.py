import pytest

from actions.delete_data import DeleteData
from tests.actions.talking import say


async def asked(conversation):
    said, (message,) = await say(conversation, "effacez mes données", "delete_data", DeleteData)
    assert conversation.slots["form"]["name"] == "delete_data"
    assert "Cela ne peut pas être annulé" in said
    return message


async def test_it_is_asked_once(conversation):
    message = await asked(conversation)
    titles = [button["title"] for button in message["buttons"]]
    assert titles[:2] == ["Oui, tout effacer", "Non, tout garder"]
    assert message["custom"] in (None, {})


@pytest.mark.parametrize("text", ["Oui, tout effacer", "oui", "efface", "je confirme"])
async def test_a_yes_orders_the_erasure(conversation, text):
    await asked(conversation)
    said, (message,) = await say(conversation, text, "affirm")
    assert said == "utter_delete_data"
    assert message["custom"] == {"type": "erase"}
    assert not conversation.slots.get("results")


@pytest.mark.parametrize("text", ["Non, tout garder", "non", "surtout pas"])
async def test_a_no_keeps_everything(conversation, text):
    await asked(conversation)
    said, (message,) = await say(conversation, text, "deny")
    assert said == "utter_delete_data_kept"
    assert not message["custom"]


@pytest.mark.parametrize("text", ["n'efface pas", "n'effacez rien", "peut-être", "effacez pas tout"])
async def test_what_is_no_clear_yes_erases_nothing(conversation, text):
    await asked(conversation)
    for _ in range(2):
        _, messages = await say(conversation, text, "inform")
        assert all(not message["custom"] for message in messages)


async def test_stopping_the_questions_keeps_everything(conversation):
    await asked(conversation)
    said, _ = await say(conversation, "Arrêter les questions", "out_of_scope")
    assert said == "utter_form_stopped"
