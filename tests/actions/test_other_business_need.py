import pytest

from actions.other_business_need import OtherBusinessNeed
from tests.actions.conftest import QUIMPER, Conversation
from tests.actions.shipped import shipped_services


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


async def told(shipped, text):
    return await shipped.run(OtherBusinessNeed, text=text, intent="other_business_need", entities=[QUIMPER])


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("trouver un repreneur pour mon fonds", "business-transfer"),
        ("retraite, j'ai pas tous mes trimestres", "owner-retirement"),
        ("embaucher un apprenti cet été", "apprentice"),
        ("mon bail commercial", "commercial-lease"),
        ("j'ai signé hier avec un prestataire, je peux annuler ?", "supplier-dispute"),
        ("blougi", "default-public-adviser"),
    ],
)
async def test_the_body_of_the_subject_is_named_with_its_address(shipped, text, record):
    (said,) = await told(shipped, text)
    assert said["custom"]["facts"][0]["id"] == record
    assert "https://" in said["custom"]["steps"][0]
    assert said["custom"]["next_step"] in said["text"]


async def test_distress_gets_who_listens_and_nothing_beside_it(shipped):
    shipped.slots |= {"form": {"name": "diagnosis", "answers": {}, "question": "sell", "tries": 0}}
    shipped.slots |= {"awaiting": "form"}
    (said,) = await told(shipped, "j'en peux plus, je suis à bout")
    assert said["custom"]["facts"][0]["id"] == "owner-distress"
    assert not said["buttons"]
    assert "Source" not in said["text"]
    assert shipped.slots["form"] is None
