import asyncio
import sys

import psutil
import pytest

from edge.memory import give_back_for_ever

# Larger than what Python keeps in its own pools, so that the C library has it.
PIECE, PIECES = 2048, 20_000


def resident():
    return psutil.Process().memory_info().rss


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only glibc gives pages back when it is told to"
)
async def test_what_a_crowd_needed_is_given_back_while_the_process_goes_on():
    chore = asyncio.create_task(give_back_for_ever(pause=0.05))
    crowd = [bytes(PIECE) for _ in range(PIECES)]
    last = bytes(PIECE)  # above all others: the C library gives nothing back of itself while it is held
    crowded = resident()
    del crowd
    for _ in range(100):
        await asyncio.sleep(0.05)
        if resident() < crowded - PIECE * PIECES / 2:
            break
    chore.cancel()
    assert resident() < crowded - PIECE * PIECES / 2
    assert len(last) == PIECE
