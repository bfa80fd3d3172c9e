"""What is left of a price once a scheme has paid its part, worked out for this owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from actions.answer import find
from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from knowledge.codes import GRANT_LIKE
from knowledge.guidance import Fact, Price
from knowledge.matches import FundingMatch

GIVES = {kind.value for kind in GRANT_LIKE}
WHOLE = "one_off"  # the unit of a price that is paid once
MOST_READ = 12  # schemes looked through for the one that is worked out


@dataclass(frozen=True)
class Case:
    """One price in euros, what the scheme gives at most, and what is left at least.

    `formula` says how, in French; it is empty where nothing is given.
    """

    price: int
    aid: int
    left: int
    formula: str = ""


def left_to_pay(
    services: Services, memory: Memory, topic: str, prices: Sequence[Fact], schemes: Sequence[FundingMatch]
) -> list[BotMessage]:
    """Return one message for the first price paid at once and the first scheme that gives money; none without both.

    The owner's own budget, where it is known, stands for the price.
    """
    price = _price(services, prices)
    scheme = next((each for each in schemes if each.estimate and GIVES & set(each.kinds)), None)
    if scheme is None or not (price or memory.cost):
        return []
    ends = [memory.cost] if memory.cost else sorted({round(price.low), round(price.high)})
    # A price is one of the topic, whatever is owed beside it.
    asked = [replace(memory, need=topic, amount=end) for end in ends if end]
    cases = [_case(services, each, topic, scheme.id) for each in asked]
    if not cases or None in cases or not any(case.aid for case in cases):
        return []
    text = services.wording.render("left_to_pay.txt.j2", scheme=scheme, cases=cases, own=bool(memory.cost))
    return [BotMessage(text)]


def _price(services: Services, prices: Sequence[Fact]) -> Price | None:
    found = (services.knowledge.guidance.price(fact.id) for fact in prices)
    return next((price for price in found if price and price.unit == WHOLE), None)


def _case(services: Services, memory: Memory, topic: str, key: str) -> Case | None:
    """Return what the scheme gives for the amount of the memory; None where that cannot be worked out."""
    funding = islice(find(services, memory, topic).funding, MOST_READ)
    found = next((each for each in funding if each.id == key), None)
    if found is None:
        return None
    if found.eligible == "no":
        return Case(memory.amount, 0, memory.amount)
    if found.estimate is None or found.estimate.max is None:
        return None
    aid = min(found.estimate.max, memory.amount)
    return Case(memory.amount, aid, memory.amount - aid, found.estimate.formula)
