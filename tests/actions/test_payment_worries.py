import pytest

from actions.answer_need import AnswerNeed
from actions.offer_choices import OfferChoices
from actions.other_business_need import OtherBusinessNeed
from actions.payment_worries import PaymentWorries
from actions.take_information import TakeInformation
from tests.actions.conftest import QUIMPER, Conversation, a_country, need
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


async def worried(shipped, text, *entities):
    (said,) = await shipped.run(PaymentWorries, text=text, intent="payment_worries", entities=list(entities))
    return [fact["id"] for fact in said["custom"]["facts"]]


async def test_the_need_at_hand_says_what_the_worry_is_about(shipped):
    shipped.slots |= {"need": "marketplace"}
    assert await worried(shipped, "j'ai peur qu'ils gardent mon argent") == ["marketplace-payout"]
    assert (await worried(shipped, "et si le client conteste le paiement"))[0] == "chargeback"
    shipped.slots |= {"need": "online_store"}
    assert (await worried(shipped, "j'ai peur qu'on me paie pas"))[0] == "online-card-safe-enough"


async def test_a_platform_that_is_named_pays_out(shipped):
    assert await worried(shipped, "j'ai peur de ne pas être payé sur amazon") == ["marketplace-payout"]


async def test_a_stranger_abroad_is_met_with_letters_of_credit_and_insurance(shipped):
    facts = await worried(shipped, "peur de ne pas être payé par un client étranger")
    assert {"prepayment", "credit-insurance", "documentary-credit"} <= set(facts)
    assert "online-card-safe-enough" not in facts


@pytest.mark.parametrize(
    ("country", "told", "untold"),
    [
        ("DE", "unpaid-in-eu", "unpaid-outside-eu"),
        ("DK", "unpaid-in-denmark", "unpaid-in-eu"),
        ("US", "unpaid-outside-eu", "unpaid-in-eu"),
        ("CH", "unpaid-outside-eu", "unpaid-in-eu"),
    ],
)
async def test_who_recovers_depends_on_the_country(shipped, country, told, untold):
    facts = await worried(shipped, "j'ai peur qu'il ne me paie pas", a_country(country))
    assert told in facts
    assert untold not in facts


async def test_the_country_of_the_need_at_hand_counts(shipped):
    shipped.slots |= {"need": "export_prospecting", "country": "JP", "markets": ["JP"]}
    assert (await worried(shipped, "et si on ne me paie pas ?"))[0] == "documentary-credit"


async def test_nothing_is_asked(shipped):
    await shipped.run(PaymentWorries, text="j'ai peur des fraudes", intent="payment_worries")
    assert shipped.slots.get("awaiting") is None


@pytest.mark.parametrize(
    "text",
    ["mon client me doit 8000 euros", "un client refuse de payer la facture", "J'ai une facture impayée"],
)
async def test_a_debt_of_nobody_says_where_is_called_in_as_in_france(shipped, text):
    other = await shipped.run(OtherBusinessNeed, text=text, intent="other_business_need")
    assert other == []
    assert shipped.followup == "action_payment_worries"
    assert await worried(shipped, text) == ["unpaid-in-france"]


@pytest.mark.parametrize("action", [OfferChoices, AnswerNeed])
async def test_a_debt_is_one_whatever_it_sounds_like(shipped, action):
    await shipped.run(
        action,
        text="facture impayée, que faire",
        intent="need_unpaid_abroad",
        entities=[need("unpaid_abroad")],
    )
    assert shipped.followup == "action_payment_worries"


async def test_a_debt_of_a_customer_abroad_is_the_need(shipped):
    messages = await shipped.run(
        AnswerNeed,
        text="un client allemand ne me paie pas",
        intent="need_unpaid_abroad",
        entities=[need("unpaid_abroad"), a_country("DE"), QUIMPER],
    )
    assert messages[0]["custom"]["type"] == "contacts"


async def test_a_debt_of_a_public_body_is_left_to_the_public_advisers(shipped):
    (said,) = await shipped.run(
        OtherBusinessNeed, text="la mairie me doit une facture", intent="other_business_need"
    )
    assert "unpaid-in-france" not in [fact["id"] for fact in said["custom"]["facts"]]


async def test_what_if_the_customer_were_french(shipped):
    shipped.slots |= {"need": "unpaid_abroad", "country": "DE", "markets": ["DE"]}
    await shipped.run(
        OtherBusinessNeed, text="et si c'était un client français ?", intent="other_business_need"
    )
    assert shipped.followup == "action_payment_worries"
    assert await worried(shipped, "et si c'était un client français ?") == ["unpaid-in-france"]


async def test_a_country_said_after_a_debt_is_that_of_who_owes(shipped):
    await worried(shipped, "mon client me doit de l'argent")
    said = await shipped.run(TakeInformation, text="il est en Allemagne", entities=[a_country("DE"), QUIMPER])
    assert shipped.slots["need"] == "unpaid_abroad"
    assert said[0]["custom"]["type"] == "contacts"


@pytest.mark.parametrize("action", [TakeInformation, OfferChoices])
async def test_a_private_person_who_owes_is_met_with_the_way_for_private_persons(shipped, action):
    await worried(shipped, "un client me doit 6000 euros")
    await shipped.run(action, text="c un particulier", intent="inform")
    assert shipped.followup == "action_payment_worries"
    assert (await worried(shipped, "c un particulier"))[0] == "unpaid-by-consumer"


async def test_a_place_said_after_a_debt_in_france_gives_whom_to_call(shipped):
    await worried(shipped, "mon client me doit de l'argent")
    (said,) = await shipped.run(TakeInformation, text="à Quimper", intent="inform", entities=[QUIMPER])
    assert said["custom"]["territory"]["code"] == "29232"
    assert said["custom"]["items"]


async def test_what_a_salesman_asks_is_met_with_prices(shipped):
    text = "un commercial veut me vendre un site à 300 euros par mois, c'est une arnaque ?"
    await shipped.run(PaymentWorries, text=text, intent="payment_worries")
    assert shipped.followup == "action_ask_cost"


async def test_what_may_happen_is_no_debt_yet(shipped):
    shipped.slots |= {"need": "online_store"}
    assert "unpaid-in-france" not in await worried(shipped, "et si un client ne me paie pas")
