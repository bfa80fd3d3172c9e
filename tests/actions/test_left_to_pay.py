from dataclasses import dataclass

import pytest

from actions.ask_cost import AskCost
from actions.services import Services
from actions.wording_store import load_wording
from knowledge.guidance import Fact, Price
from knowledge.matches import Estimate
from knowledge.territories import load_territories
from tests.actions.conftest import QUIMPER, Conversation, FakeKnowledge, a_scheme
from tests.actions.talking import plain

PRICE = Fact("site-1", "De 1 000 à 6 000 €.", "https://example.org/prix", "2025-01", "to_check")


@dataclass
class HalfPaid(FakeKnowledge):
    """A base with one scheme: half of what is spent, 1 500 € at most, from 2 000 € on."""

    def funding(self, need, place=None, *, sector=None, headcount=None, amount=None):
        if amount is None:
            return [a_scheme(estimate=Estimate(0, 1500, "50 %, 1 500 € au plus"))]
        if amount < 2000:
            return [a_scheme(eligible="no", why="Dépense trop petite.")]
        most = min(amount // 2, 1500)
        return [a_scheme(estimate=Estimate(most, most, f"50 % de {amount} €"))]


@pytest.fixture
def base():
    base = HalfPaid()
    base.guidance.prices, base.guidance.needs = [PRICE], {"site-1": ("website",)}
    base.guidance.figures = {"site-1": Price(1000, 6000, "unknown", "one_off", PRICE)}
    return base


async def told(base, *entities):
    talk = Conversation(Services(base, load_territories(), load_wording()))
    messages = await talk.run(
        AskCost, text="prix d'un site", intent="ask_cost", entities=[QUIMPER, *entities]
    )
    return plain(messages[-1]["text"])


async def test_what_is_left_is_told_at_both_ends_of_the_price(base):
    said = await told(base)
    assert "pour 1 000 € : pas d'aide" in said
    assert "pour 6 000 € : 1 500 € d'aide au plus, au moins 4 500 € à votre charge" in said
    assert "50 % de 6000 €" in said
    assert "si vous y avez droit" in said


async def test_the_owner_s_budget_stands_for_the_price(base):
    said = await told(base, {"entity": "amount", "value": 2400, "start": 0, "end": 4})
    assert "pour 2 400 € de budget : 1 200 € d'aide au plus, au moins 1 200 € à votre charge" in said
    assert "6 000" not in said


async def test_a_price_by_the_month_is_not_worked_out(base):
    base.guidance.figures = {"site-1": Price(10, 60, "unknown", "per_month", PRICE)}
    assert "à votre charge" not in await told(base)


async def test_a_loan_lowers_no_price(base):
    loan = a_scheme(kinds=["loan"], estimate=Estimate(0, 1500, "1 500 € au plus"))
    base.funding = lambda *args, **more: [loan]
    assert "à votre charge" not in await told(base)


async def test_the_sum_is_that_of_the_price_that_is_paid_for(base):
    too_dear = a_scheme(eligible="no", why="Dépense trop grande.")
    paid = a_scheme(estimate=Estimate(500, 500, "50 % de 1000 €"))
    base.funding = lambda *args, amount=None, **more: [too_dear if amount == 6000 else paid]
    said = await told(base)
    assert "pour 6 000 € : pas d'aide" in said
    assert "Calcul : 50 % de 1000 €." in said
    assert "trop grande" not in said
