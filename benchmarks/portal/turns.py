"""What the portal adds to a turn: the same words straight to rasa's channel and through the portal, alternated."""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx

from benchmarks.portal.serving import Served

# Each conversation says all of them: needs, places, questions, small talk.
WORDS = (
    "je voudrais refaire le site de ma crêperie",
    "Quimper",
    "d'autres contacts",
    "pourquoi ce contact ?",
    "quelles aides pour payer ?",
    "combien ça coûte ?",
    "j'ai 3 salariés",
    "je cherche un prêt pour du matériel",
    "merci",
    "au revoir",
)
WARM = 2


@dataclass
class Pairs:
    """Seconds of the same message, straight and through the portal, in the order they were taken."""

    straight: list[float] = field(default_factory=list)
    through: list[float] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the table."""
        yield "| turn, ms | median | p95 |"
        yield "|---|---|---|"
        for name, seconds in (("straight to rasa", self.straight), ("through the portal", self.through)):
            centiles = statistics.quantiles(seconds, n=20)
            yield f"| {name} | {statistics.median(seconds) * 1e3:.1f} | {centiles[18] * 1e3:.1f} |"
        added = [through - straight for straight, through in zip(self.straight, self.through, strict=True)]
        between = statistics.median(self.through) - statistics.median(self.straight)
        yield f"| added, of medians | {between * 1e3:.1f} | |"
        yield f"| added, median of pairs ({len(added)}) | {statistics.median(added) * 1e3:.1f} | |"


def measure(served: Served, conversations: int) -> Pairs:
    """Return the seconds of `conversations` times ten messages, both ways."""
    pairs = Pairs()
    headers = {"Authorization": f"Bearer {served.secret}"}
    with (
        httpx.Client(base_url=served.portal, timeout=30, trust_env=False) as portal,
        httpx.Client(base_url=served.settings.rasa_url, headers=headers, timeout=30, trust_env=False) as rasa,
    ):
        for number in range(-WARM, conversations):
            kept = pairs if number >= 0 else Pairs()
            _conversation(portal, rasa, kept, portal_first=number % 2 == 0)
    return pairs


def _conversation(portal: httpx.Client, rasa: httpx.Client, pairs: Pairs, portal_first: bool) -> None:
    portal.cookies.clear()
    opened = portal.post("/api/conversations", json={}).raise_for_status().json()
    mine = {"Authorization": f"Bearer {opened['token']}"}
    sender = uuid.uuid4().hex
    rasa.post("/webhooks/portal/conversations", json={"sender": sender}).raise_for_status()
    for words in WORDS:
        key = uuid.uuid4().hex
        said = {"text": words, "message_id": key}
        asked = {"sender": sender, "message": words, "message_id": key}
        ways = {
            "through": lambda said=said: portal.post(
                "/api/conversations/current/messages", json=said, headers=mine
            ),
            "straight": lambda asked=asked: rasa.post("/webhooks/portal/webhook", json=asked),
        }
        for name in sorted(ways, reverse=portal_first):
            getattr(pairs, name).append(_timed(ways[name]))


def _timed(call: Callable[[], httpx.Response]) -> float:
    began = time.perf_counter()
    answer = call()
    took = time.perf_counter() - began
    if answer.json().get("state", "answered") != "answered":
        raise RuntimeError("the engine did not answer: nothing to measure")
    answer.raise_for_status()
    return took
