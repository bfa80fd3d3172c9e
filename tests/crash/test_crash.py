import asyncio
import random

import pytest

from tests.crash import words
from tests.crash.__main__ import table
from tests.crash.killing import SOON
from tests.crash.run import Plan, run
from tests.crash.service import PROCESSES


@pytest.mark.served
def test_whatever_is_killed_each_message_is_answered_once_and_in_order(model, tmp_path):
    """The short form of ``python -m tests.crash`` (docs/durability.md)."""
    plan = Plan(conversations=12, side_by_side=6, seed=7, serving=SOON, most=1)
    outcome = asyncio.run(run(plan, model, tmp_path))
    assert outcome.clean, "\n".join(table(outcome))
    assert {name: outcome.kills[name] for name in PROCESSES} == dict.fromkeys(PROCESSES, 1)
    assert outcome.findings.messages == sum(len(owner.words) for owner in outcome.owners)


def test_there_is_enough_to_say():
    found = words.drawn(random.Random(1), 40)
    assert len({tuple(said) for said in found}) == 40
    assert all(len(set(said)) == len(said) >= words.FEWEST for said in found)
