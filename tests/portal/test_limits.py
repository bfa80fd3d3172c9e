import httpx
import pytest

from edge.addresses import network_of
from edge.rates import Rates
from portal.app import create_app
from portal.limits import (
    AddressLimiter,
    MessageLimiter,
    OpeningLimiter,
    TooManyMessages,
    TooManyOpenings,
)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rates(clock):
    return Rates(clock)


@pytest.fixture
def limiter(rates):
    return MessageLimiter(rates, limit=2)


async def test_the_wait_ends_when_the_oldest_message_is_a_window_old(limiter, clock):
    await limiter.admit("a", "m1")
    clock.now = 20.5
    await limiter.admit("a", "m2")
    with pytest.raises(TooManyMessages) as refused:
        await limiter.admit("a", "m3")
    assert refused.value.retry_after == 40

    clock.now = 60.0
    await limiter.admit("a", "m3")


async def test_each_conversation_has_its_own_count(limiter):
    for conversation in ("a", "b"):
        await limiter.admit(conversation, "m1")
        await limiter.admit(conversation, "m2")
    with pytest.raises(TooManyMessages):
        await limiter.admit("b", "m3")


async def test_the_same_message_counts_once(limiter):
    for _ in range(5):
        await limiter.admit("a", "m1")
    await limiter.admit("a", "m2")


async def test_conversations_that_rest_take_no_memory(limiter, rates, clock):
    for number in range(50):
        await limiter.admit(f"c{number}", "m1")
        clock.now += 10

    assert rates.memory.watched() == 10


async def test_a_forgotten_conversation_starts_afresh(limiter):
    await limiter.admit("a", "m1")
    await limiter.admit("a", "m2")
    await limiter.forget("a")
    await limiter.admit("a", "m3")


# --- openings ---

FAR = "203.0.113.7"


async def openings(limiter, address):
    """Return how many openings are let through at once."""
    for number in range(2000):
        try:
            await limiter.admit(address)
        except TooManyOpenings:
            return number
    return None


@pytest.mark.parametrize(
    ("address", "let_through"),
    [
        (FAR, 30),
        ("2001:db8::1", 30),
        ("127.0.0.1", 1200),
        ("::1", 1200),
        ("::ffff:127.0.0.1", 1200),
        (None, 1200),
    ],
)
async def test_an_address_opens_so_many_conversations_a_minute(rates, clock, address, let_through):
    limiter = OpeningLimiter(rates)
    assert await openings(limiter, address) == let_through
    clock.now = 59.9
    assert await openings(limiter, address) == 0
    clock.now = 60.0
    assert await openings(limiter, address) == let_through


async def test_each_address_has_its_own_openings(rates):
    limiter = OpeningLimiter(rates)
    assert [await openings(limiter, address) for address in (FAR, "203.0.113.8", "127.0.0.1")] == [
        30,
        30,
        1200,
    ]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (FAR, FAR),
        (f"::ffff:{FAR}", FAR),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("127.0.0.9", None),
        ("une prise locale", None),
    ],
)
def test_what_counts_as_one_client(address, network):
    assert network_of(address) == network


async def test_addresses_that_rest_take_no_memory(rates, clock):
    limiter = OpeningLimiter(rates)
    for number in range(50):
        await limiter.admit(f"203.0.113.{number}")
        clock.now += 10

    assert rates.memory.watched() == 5


async def test_who_opens_too_many_is_told_when_to_come_back(bench):
    transport = httpx.ASGITransport(bench.app(), client=(FAR, 4000))
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as far:
        for number in range(30):
            # What the client says of itself counts for nothing.
            said = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
            assert (await far.post("/api/conversations", json={}, headers=said)).status_code == 201
        refused = await far.post("/api/conversations", json={})

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.json()["type"] == "/problemes/trop-de-conversations"
    assert "dans 60\u00a0secondes" in refused.json()["detail"]
    assert len(bench.dialogue.opened) == 30


# --- messages of an address ---


async def test_an_address_sends_so_many_messages_in_all_its_conversations(rates, clock):
    limiter = AddressLimiter(rates)
    for number in range(300):
        await limiter.admit(FAR, f"{number % 10} m{number}")
    await limiter.admit(FAR, "0 m0")  # a retry is no new message
    with pytest.raises(TooManyMessages) as refused:
        await limiter.admit(FAR, "0 m300")
    assert refused.value.retry_after == 60
    await limiter.admit("203.0.113.8", "0 m300")
    await limiter.admit("127.0.0.1", "0 m300")


async def test_who_sends_too_much_in_many_conversations_waits(bench):
    services = bench.services()
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(services), client=(FAR, 4000)),
        base_url="http://portail.test",
    )
    async with client as far:
        tokens = [(await far.post("/api/conversations")).json()["token"] for _ in range(11)]
        codes = []
        for number in range(301):
            headers = {"Authorization": f"Bearer {tokens[number // 30]}"}
            said = {"text": "encore", "message_id": f"m{number % 30}"}
            codes.append(
                (
                    await far.post("/api/conversations/current/messages", json=said, headers=headers)
                ).status_code
            )
    assert codes == [200] * 300 + [429]
    assert len(bench.dialogue.said) == 300
