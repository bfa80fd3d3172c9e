"""How fast the console's lists and searches are over a large record: ``python -m benchmarks record``.

Each figure is one call of the service behind a page: filters drawn at random, a list and its count, or a search with
the excerpts it shows. A tenth as many conversations on SQLite as on PostgreSQL. Beside the time that passed stands the
time of the processors, of this process and of the server's: where other work holds the machine, the first is longer.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import typer
from sqlalchemy import text

from benchmarks.record_filling import DAYS, LAST, MODELS, RARE, REVIEWERS, SEED, TAGS, TURNS, fill
from benchmarks.record_requests import ACCOUNTS
from conversations.areas import area_of
from conversations.bootstrap import open_browsing, open_searching, open_transcripts
from conversations.cursors import pack
from conversations.facets import BANDS
from conversations.filters import Filters
from conversations.handling_views import Sight
from conversations.request_lists import BOXES, RequestLists
from conversations.request_lists import Filters as InboxFilters
from conversations.review_bootstrap import open_reviews
from conversations.store import open_engine
from conversations.synthetic.drawing import load_month
from conversations.transactions import Transactions
from settings import get_settings

EACH, WARM = 60, 5
ALL = Filters()
app = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class Advisor:
    """An advisor of one or two départements."""

    departments: tuple[str, ...]
    regions: tuple[str, ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """Return the chambers of trades there."""
        return tuple(f"cma-{each.lower()}" for each in self.departments)


@dataclass(frozen=True)
class Took:
    """Seconds that passed, seconds of the processors, and how many rows were found."""

    passed: float
    processors: float
    rows: int


@app.command()
def record(
    url: str = typer.Option("", help="The record to fill and ask; SQLite under var/ by default."),
    conversations: int = typer.Option(1000, help="How many conversations, of ten turns each."),
    filled: bool = typer.Option(False, help="The record is filled already."),
    only: str = typer.Option("", help="Ask only what has this in its name."),
) -> None:
    """Fill a record, ask it, print the table."""
    address = url or f"sqlite:///{get_settings().var / 'bench-record.db'}"
    if not filled:
        started = time.perf_counter()
        fill(address, conversations)
        typer.echo(
            f"{conversations} conversations, {conversations * TURNS} turns: {time.perf_counter() - started:.0f} s"
        )
    questions = Questions(address, conversations * TURNS)
    typer.echo(f"{'what':<34}{'p50 ms':>8}{'p95':>8}{'max':>8}{'CPU p50':>9}{'p95':>8}{'rows':>7}")
    every: list[Took] = []
    for name, calls in ((name, calls) for name, calls in questions.groups() if only in name):
        took = [questions.timed(call) for call in calls][WARM:]
        every += took
        typer.echo(_row(name, took))
    typer.echo(_row("all of them", every))


class Questions:
    """What is asked of a record, drawn anew for each."""

    def __init__(self, url: str, turns: int) -> None:
        engine = open_engine(url)
        self._turns = turns
        self._processes = ["self"]
        if (
            engine.dialect.name == "postgresql"
        ):  # one call at a time: the pool hands out this connection again
            with engine.connect() as connection:
                self._processes.append(str(connection.scalar(text("SELECT pg_backend_pid()"))))
        self._lists, self._search = open_browsing(engine), open_searching(engine)
        self._transcripts, self._reviews = open_transcripts(engine), open_reviews(engine)
        self._inbox = RequestLists(Transactions(engine))
        self._draw = random.Random(SEED)
        self._tables = load_month()
        self._codes = [code for _, _, code, _ in self._tables["places"]]
        areas = [area_of({"level": "commune", "code": code}).departement or "" for code in self._codes]
        self._bodies = frozenset(f"cma-{each.lower()}" for each in areas)

    def timed(self, call: Callable[[], int]) -> Took:
        """Return what a call took."""
        before, started = self._used(), time.perf_counter()
        found = call()
        return Took(time.perf_counter() - started, self._used() - before, found)

    def _used(self) -> float:
        """Return the seconds that the processors have spent on the processes in question, as the kernel counts them."""
        used = (Path(f"/proc/{each}/schedstat").read_text().split()[0] for each in self._processes)
        return sum(map(int, used)) / 1e9

    def groups(self) -> Iterator[tuple[str, Iterator[Callable[[], int]]]]:
        """Yield each kind of question by its name; a call returns how many rows it found."""
        yield "list, first page and count", self._listed(lambda: ALL)
        for name in self._filters():
            yield f"list by {name}", self._listed(lambda name=name: self._narrowed(name))
        for count in (2, 3, 4):
            yield (
                f"list by {count} filters",
                self._listed(lambda count=count: self._narrowed(*self._some(count))),
            )
        yield "list, deep page", self._deep(lambda: ALL)
        yield "list, deep page, 2 filters", self._deep(lambda: self._narrowed(*self._some(2)))
        yield "list of an advisor", self._listed(lambda: ALL, advisor=True)
        yield (
            "list of an advisor, 2 filters",
            self._listed(lambda: self._narrowed(*self._some(2)), advisor=True),
        )
        for name, words in self._words().items():
            yield f"search, {name}", self._searched(words, lambda: ALL)
        yield "search, common word, 1 filter", self._searched(self._words()["common word"], self._one)
        yield "search, rare word, 1 filter", self._searched(self._words()["rare word"], self._one)
        yield "search of an advisor", self._searched(self._words()["common word"], lambda: ALL, advisor=True)
        yield "search, deep page", self._searched(self._words()["common word"], lambda: ALL, deep=True)
        yield "one conversation", self._read()
        yield "review queue", self._queued(None)
        yield "review queue of one reviewer", self._queued(REVIEWERS)
        yield "requests of an advisor", self._requests(advisor=True)
        yield "requests of an administrator", self._requests(advisor=False)

    def _filters(self) -> dict[str, Callable[[], object]]:
        draw, tables = self._draw, self._tables
        areas = [area_of({"level": "commune", "code": code}) for code in self._codes]
        return {
            "channel": lambda: draw.choice(list(tables["channels"])),
            "need": lambda: draw.choice(list(tables["needs"])),
            "departement": lambda: draw.choice(areas).departement,
            "region": lambda: draw.choice(areas).region,
            "band": lambda: draw.choice(list(BANDS)),
            "doubtful": lambda: True,
            "failed": lambda: True,
            "thumb_down": lambda: True,
            "request": lambda: draw.choice(["any", *tables["requests"]["statuses"]]),
            "review": lambda: draw.choice(["new", "later", "reviewed"]),
            "reviewer": lambda: draw.choice(REVIEWERS),
            "tag": lambda: draw.choice(TAGS),
            "model": lambda: draw.choice(MODELS),
            "since": lambda: LAST - timedelta(days=draw.uniform(0, DAYS)),
            "until": lambda: LAST - timedelta(days=draw.uniform(0, DAYS)),
        }

    def _some(self, count: int) -> list[str]:
        return self._draw.sample(list(self._filters()), count)

    def _one(self) -> Filters:
        return self._narrowed(*self._some(1))

    def _narrowed(self, *names: str) -> Filters:
        drawn = self._filters()
        return replace(ALL, **{name: drawn[name]() for name in names})

    def _sight(self, advisor: bool) -> Advisor | None:
        if not advisor:
            return None
        drawn = [area_of({"level": "commune", "code": self._draw.choice(self._codes)}) for _ in range(2)]
        return Advisor(tuple({area.departement for area in drawn if area.departement}))

    def _listed(self, filters: Callable[[], Filters], advisor: bool = False) -> Iterator[Callable[[], int]]:
        for _ in range(EACH + WARM):
            asked, sight = filters(), self._sight(advisor)

            def call(asked: Filters = asked, sight: Advisor | None = sight) -> int:
                page = self._lists.page(asked, sight)
                self._lists.count(asked, sight, page)
                return len(page.digests)

            yield call

    def _deep(self, filters: Callable[[], Filters]) -> Iterator[Callable[[], int]]:
        for _ in range(EACH + WARM):
            at = LAST - timedelta(days=self._draw.uniform(0, DAYS))
            asked, cursor = filters(), pack(("n", int(at.timestamp() * 1e6), "f"))
            yield lambda asked=asked, cursor=cursor: len(self._lists.page(asked, None, cursor).digests)

    def _words(self) -> dict[str, Callable[[], str]]:
        draw = self._draw
        common = ["site", "boulangerie", "aide", "Quimper", "facture", "logiciel", "conseiller", "crêperie"]
        return {
            "common word": lambda: draw.choice(common),
            "2 common words": lambda: " ".join(draw.sample(common, 2)),
            "phrase": lambda: draw.choice(
                ['"boutique en ligne"', '"compte instagram"', '"facture électronique"']
            ),
            "middling word": lambda: f"rare{draw.randint(20, 300)}",
            "rare word": lambda: f"rare{draw.randint(2000, RARE - 1)}",
            "common and rare word": lambda: f"site rare{draw.randint(20, 3000)}",
            "nothing found": lambda: f"absent{draw.randint(0, 9999)}",
        }

    def _searched(
        self,
        words: Callable[[], str],
        filters: Callable[[], Filters],
        advisor: bool = False,
        deep: bool = False,
    ) -> Iterator[Callable[[], int]]:
        for _ in range(EACH + WARM):
            typed, asked, sight = words(), filters(), self._sight(advisor)
            cursor = pack([self._draw.randint(1000, self._turns)]) if deep else None
            yield lambda t=typed, a=asked, s=sight, c=cursor: len(self._search.page(t, a, s, c).hits)

    def _read(self) -> Iterator[Callable[[], int]]:
        ids = [each.conversation_id for each in self._lists.page(ALL, None, size=EACH + WARM).digests]
        for each in ids:
            yield lambda each=each: len(self._transcripts.latest(each, None).turns)

    def _queued(self, reviewers: Sequence[str] | None) -> Iterator[Callable[[], int]]:
        states = ("later", "reviewed") if reviewers else ("new", "later", "reviewed")
        for _ in range(EACH + WARM):
            state, whose = self._draw.choice(states), self._draw.choice(reviewers) if reviewers else None
            yield lambda state=state, whose=whose: len(self._reviews.queue(state, whose))

    def _requests(self, advisor: bool) -> Iterator[Callable[[], int]]:
        for _ in range(EACH + WARM):
            sight = Sight(self._draw.choice(ACCOUNTS), self._sight(advisor), self._bodies)
            narrowed = (
                {"need": self._draw.choice(list(self._tables["needs"]))} if self._draw.random() < 0.3 else {}
            )
            asked = InboxFilters(box=self._draw.choice(BOXES), **narrowed)

            def call(sight: Sight = sight, asked: InboxFilters = asked) -> int:
                page, _ = self._inbox.inbox(sight, asked)
                return len(page.cases)

            yield call


def _row(name: str, took: list[Took]) -> str:
    passed, processors = [each.passed for each in took], [each.processors for each in took]
    p95 = [statistics.quantiles(each, n=20)[-1] * 1e3 for each in (passed, processors)]
    said = f"{name:<34}{statistics.median(passed) * 1e3:8.1f}{p95[0]:8.1f}{max(passed) * 1e3:8.1f}"
    rows = statistics.mean(each.rows for each in took)
    return f"{said}{statistics.median(processors) * 1e3:9.1f}{p95[1]:8.1f}{rows:7.1f}"


if __name__ == "__main__":
    app()
