import gc

from portal.order import Bell, Locks


async def test_a_lock_is_shared_while_held_and_gone_afterwards():
    locks = Locks()
    async with locks.of("a"):
        assert locks.of("a").locked()
        assert not locks.of("b").locked()
    gc.collect()
    assert locks.held() == 0


async def test_the_bell_wakes_those_who_listen_to_that_conversation():
    bell = Bell()
    here, there = bell.listen("a"), bell.listen("b")
    bell.ring("a")
    assert here.is_set()
    assert not there.is_set()

    bell.close()
    assert there.is_set()
