"""Kills the processes of the service, each for itself, as long as owners are talking."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping

from tests.crash.service import PROCESSES, Service

# Seconds that a process serves before it is killed, within which the moment is drawn. Rasa takes long to come back:
# with less between, nothing would ever be answered.
SERVING = {"portal": (5.0, 90.0), "actions": (5.0, 90.0), "rasa": (40.0, 150.0)}
# For a short run.
SOON = {"portal": (1.0, 6.0), "actions": (1.0, 6.0), "rasa": (1.0, 4.0)}


class Killer:
    """Kills each process again and again; `kills` counts them. `most` is how many of each, None for no end."""

    def __init__(
        self,
        service: Service,
        seed: int,
        serving: Mapping[str, tuple[float, float]] = SERVING,
        most: int | None = None,
    ) -> None:
        self._service = service
        self._draws = {name: random.Random(f"{seed} {name}") for name in PROCESSES}
        self._serving = serving
        self._most = most
        self.kills: Counter[str] = Counter()

    async def until_cancelled(self) -> None:
        """Kill, or until there were enough kills of each."""
        await asyncio.gather(*map(self._kill_often, PROCESSES))

    async def _kill_often(self, name: str) -> None:
        while self._most is None or self.kills[name] < self._most:
            await self._service.settled(name)
            await asyncio.sleep(self._draws[name].uniform(*self._serving[name]))
            self._service.kill(name)
            self.kills[name] += 1
