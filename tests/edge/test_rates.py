"""Rates in memory and in a real Redis, by a clock of the test."""

import logging

import pytest

from edge.memory_windows import ClockedMemory
from edge.rates import REST, Rates, open_redis
from tests.redis_server import free_port, redis_server


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as address:
        yield address


@pytest.fixture
def redis(server, clock):
    storage = open_redis(server, clock)
    storage.storage.flushall()
    return storage


@pytest.fixture(params=["memory", "redis"])
def rates(request, clock):
    return Rates(clock, request.getfixturevalue("redis") if request.param == "redis" else None)


async def take(rates, *key, limit=2, seconds=60):
    return await rates.count(lambda window: window.take(limit, seconds, *key))


async def test_the_wait_ends_when_the_oldest_event_leaves_the_window(rates, clock):
    assert await take(rates, "a") == 0
    clock.now += 20.5
    assert await take(rates, "a") == 0
    assert await take(rates, "a") == 40
    assert await take(rates, "b") == 0

    clock.now += 40
    assert await take(rates, "a") == 0
    assert await take(rates, "a") == 20


async def test_what_is_refused_is_not_counted(rates, clock):
    for _ in range(2):
        await take(rates, "a")
    clock.now += 59
    assert [await take(rates, "a") for _ in range(5)] == [1] * 5
    clock.now += 1.5
    assert await take(rates, "a") == 0


async def test_whether_there_is_room_is_told_without_counting(rates):
    free = [await rates.count(lambda window: window.is_free(1, 60, "a")) for _ in range(3)]
    await take(rates, "a", limit=1)
    assert [*free, await rates.count(lambda window: window.is_free(1, 60, "a"))] == [True, True, True, False]


async def test_what_is_forgotten_starts_afresh(rates):
    assert [await take(rates, "a") for _ in range(3)] == [0, 0, 60]
    await rates.count(lambda window: window.forget(2, 60, "a"))
    assert await take(rates, "a") == 0


async def test_processes_count_together_in_redis(redis, server, clock):
    one, other = Rates(clock, redis), Rates(clock, open_redis(server, clock))
    assert [await take(each, "a") for each in (one, other, one)] == [0, 0, 60]


async def test_redis_keeps_nothing_longer_than_the_window(redis, clock):
    await take(Rates(clock, redis), "203.0.113.7")
    (key,) = redis.storage.keys("*")
    assert 0 < redis.storage.ttl(key) <= 60


async def test_without_redis_memory_counts_and_that_is_said_once(tmp_path, clock, caplog):
    caplog.set_level(logging.WARNING)
    told, port = [], free_port()
    rates = Rates(clock, open_redis(f"redis://127.0.0.1:{port}/0", clock), on_away=told.append)
    assert [await take(rates, "a") for _ in range(3)] == [0, 0, 60]
    clock.now += REST
    assert await take(rates, "b") == 0
    assert told == [True]
    (line,) = caplog.messages
    assert "Redis does not answer" in line

    with redis_server(tmp_path, port):
        assert await take(rates, "c") == 0  # it is left alone for a while
        assert told == [True]
        clock.now += REST
        assert await take(rates, "a") == 0
        assert told == [True, False]
        assert "Redis answers again" in caplog.messages[-1]
        assert rates.memory.watched() < 3


def test_memory_is_bounded_whoever_comes(clock):
    storage = ClockedMemory(clock, most=10)
    for number in range(100):
        assert storage.acquire_entry(f"k{number}", 1, 60)
    assert storage.watched() == 10
    assert not storage.acquire_entry("k99", 1, 60)
