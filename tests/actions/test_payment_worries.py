import pytest

from actions.payment_worries import PaymentWorries
from tests.actions.conftest import Conversation
from tests.actions.shipped import shipped_services


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


async def test_the_worry_that_is_named_is_met_with_facts_and_steps(shipped):
    text = "et si le client fait opposition après avoir reçu le colis"
    (said,) = await shipped.run(PaymentWorries, text=text, intent="payment_worries")
    assert [fact["id"] for fact in said["custom"]["facts"]] == ["chargeback"]
    assert said["custom"]["steps"]
    assert all(button["title"] in said["text"] for button in said["buttons"])


async def test_a_general_fear_gets_the_general_answer_and_two_facts_under_their_questions(shipped):
    (said,) = await shipped.run(PaymentWorries, text="j'ai peur de pas être payé", intent="payment_worries")
    facts = said["custom"]["facts"]
    assert facts[0]["id"] == "online-card-safe-enough"
    assert len(facts) == 3


async def test_nothing_is_asked(shipped):
    await shipped.run(PaymentWorries, text="j'ai peur des fraudes", intent="payment_worries")
    assert shipped.slots.get("awaiting") is None
