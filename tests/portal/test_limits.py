import httpx
import pytest

from portal.limits import MessageLimiter, OpeningLimiter, TooManyMessages, TooManyOpenings, network_of


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limiter(clock):
    return MessageLimiter(clock, limit=2, window=60)


def test_the_wait_ends_when_the_oldest_message_is_a_window_old(limiter, clock):
    limiter.admit("a", "m1")
    clock.now = 20.5
    limiter.admit("a", "m2")
    with pytest.raises(TooManyMessages) as refused:
        limiter.admit("a", "m3")
    assert refused.value.retry_after == 40

    clock.now = 60.0
    limiter.admit("a", "m3")


def test_each_conversation_has_its_own_count(limiter):
    for conversation in ("a", "b"):
        limiter.admit(conversation, "m1")
        limiter.admit(conversation, "m2")
    with pytest.raises(TooManyMessages):
        limiter.admit("b", "m3")


def test_the_same_message_counts_once(limiter):
    for _ in range(5):
        limiter.admit("a", "m1")
    limiter.admit("a", "m2")


def test_conversations_that_rest_take_no_memory(limiter, clock):
    for number in range(50):
        limiter.admit(f"c{number}", "m1")
        clock.now += 10

    assert limiter.watched() == 6


def test_a_forgotten_conversation_starts_afresh(limiter):
    limiter.admit("a", "m1")
    limiter.admit("a", "m2")
    limiter.forget("a")
    limiter.admit("a", "m3")


# --- openings ---

FAR = "203.0.113.7"


def openings(limiter, address):
    """Return how many openings are let through at once."""
    for number in range(2000):
        try:
            limiter.admit(address)
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
def test_an_address_opens_so_many_conversations_a_minute(clock, address, let_through):
    limiter = OpeningLimiter(clock)
    assert openings(limiter, address) == let_through
    clock.now = 59.9
    assert openings(limiter, address) == 0
    clock.now = 60.0
    assert openings(limiter, address) == let_through


def test_each_address_has_its_own_openings(clock):
    limiter = OpeningLimiter(clock)
    assert [openings(limiter, address) for address in (FAR, "203.0.113.8", "127.0.0.1")] == [30, 30, 1200]


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


def test_addresses_that_rest_take_no_memory(clock):
    limiter = OpeningLimiter(clock)
    for number in range(50):
        limiter.admit(f"203.0.113.{number}")
        clock.now += 10

    assert limiter.watched() == 6


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
    assert "dans 60 secondes" in refused.json()["detail"]
    assert len(bench.dialogue.opened) == 30
