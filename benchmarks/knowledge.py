"""How fast the knowledge base answers, and how that grows: ``python -m benchmarks knowledge`` (`make bench-knowledge`).

`find` is what a turn needs: the first three contacts and the first three schemes, worded. Questions come from
places drawn by population, one in ten from a whole département, with sector, headcount, country and amount known
or not. Memory is that of a process that has answered all of them.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import typer
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import synthetic
from knowledge import store
from knowledge.bootstrap import load_knowledge
from knowledge.codes import Need
from knowledge.loader import read_content
from knowledge.migrating import migrate
from knowledge.models import Base
from knowledge.service import KnowledgeBase
from knowledge.territories import load_territories
from settings import ROOT, get_settings

TODAY, SEED, QUESTIONS, WARM = date(2026, 11, 23), 7, 2000, 500
SIZES = [0, 1_000, 10_000, 100_000, 1_000_000]
_HEAD = "store          bodies  load s  p50 ms    p95    p99    max  shown    MB  disk MB"
app = typer.Typer(add_completion=False)


@app.command()
def knowledge(
    url: list[str] = typer.Option([], help="Stores to fill and ask; SQLite under var/ by default."),
    size: list[int] = typer.Option(
        SIZES, help="Synthetic bodies; a tenth as many schemes. 0: today's content."
    ),
) -> None:
    """Fill each store at each size, ask it, print the table."""
    urls = url or [f"sqlite:///{get_settings().var / 'bench-knowledge.db'}"]
    typer.echo(
        f"{'store':<12}{'bodies':>9}{'load s':>8}{'p50 ms':>8}{'p95':>7}{'p99':>7}{'max':>7}{'MB':>6}{'disk MB':>9}"
    )
    for address in urls:
        for count in size:
            seconds, disk = _fill(address, count)
            typer.echo(_row(address, count, seconds, _asked(address), disk))


def _row(url: str, count: int, seconds: float, asked: dict[str, float], disk: float) -> str:
    named = f"{url.split(':')[0][:10]:<12}{count or 'today':>9}{seconds:8.1f}{asked['p50']:8.2f}"
    slower = "".join(f"{asked[name]:7.2f}" for name in ("p95", "p99", "max"))
    return f"{named}{slower}{asked['shown']:7.1f}{asked['mb']:6.0f}{disk:9.0f}"


def _asked(url: str) -> dict[str, float]:
    """Ask in a process of its own, so that its memory can be told."""
    command = [sys.executable, "-m", "benchmarks.knowledge", "ask", url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


@app.command()
def chart(table: Path, target: Path) -> None:
    """Draw a saved table as a curve: milliseconds and megabytes against the number of bodies."""
    from matplotlib import pyplot  # here, or it would be in the memory that is measured

    pyplot.switch_backend("Agg")  # no screen is needed to draw a file
    rows = [line.split() for line in table.read_text().splitlines() if line.split()[1:2] != ["of"]][1:]
    grown = [row for row in rows if row[1] != "today"]
    figure, (time_axes, memory_axes) = pyplot.subplots(1, 2, figsize=(10, 3.6))
    for name, marker in zip(dict.fromkeys(row[0] for row in grown), "os", strict=False):
        own = [row for row in grown if row[0] == name]
        bodies = [int(row[1]) for row in own]
        time_axes.plot(bodies, [float(row[3]) for row in own], f"{marker}--", label=f"{name}, median")
        time_axes.plot(bodies, [float(row[4]) for row in own], f"{marker}-", label=f"{name}, p95")
        memory_axes.plot(bodies, [float(row[8]) for row in own], f"{marker}-", label=name)
    for axes, title in ((time_axes, "one find, ms"), (memory_axes, "memory of the process, MB")):
        axes.set(xscale="log", xlabel="bodies (a tenth as many schemes)", title=title, ylim=(0, None))
        axes.legend()
    figure.tight_layout()
    figure.savefig(target)


@app.command(hidden=True)
def ask(url: str) -> None:
    """Print the figures of one filled store as JSON."""
    base = KnowledgeBase(store.open_engine(url, reading=True), load_territories(), lambda: TODAY)
    answers = [_find(base, question) for question in _questions(QUESTIONS + WARM)][WARM:]
    seconds = [took for took, _ in answers]
    centiles = statistics.quantiles(seconds, n=100)
    figures = {"p50": centiles[49], "p95": centiles[94], "p99": centiles[98], "max": max(seconds)}
    memory = _peak_mb()
    shown = statistics.mean(found for _, found in answers)  # a fast empty answer would be no figure
    said = {name: value * 1e3 for name, value in figures.items()} | {"mb": memory, "shown": shown}
    typer.echo(json.dumps(said))


def _peak_mb() -> float:
    """Return the most memory this process ever held; the kernel's own figure, which starts anew with `exec`."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def _find(base: KnowledgeBase, question: dict) -> tuple[float, int]:
    started = time.perf_counter()
    facts = {name: question[name] for name in ("sector", "headcount")}
    contacts = base.contacts(question["need"], question["place"], country=question["country"], **facts)[:3]
    schemes = base.funding(question["need"], question["place"], amount=question["amount"], **facts)[:3]
    return time.perf_counter() - started, len(contacts) + len(schemes)


def _questions(count: int) -> Iterator[dict]:
    draw = random.Random(SEED + 1)
    places = synthetic.Places(load_territories(), draw)
    for _ in range(count):
        yield {
            "need": draw.choice(Need.values()),
            "place": places.one("departement" if draw.random() < 0.1 else "commune"),
            "sector": draw.choice([None, "47", "56", "43", "96", "C"]),
            "headcount": draw.choice([None, 0, 2, 8, 30]),
            "country": draw.choice([None, "DE", "CN"]),
            "amount": draw.choice([None, 900, 5_000, 40_000]),
        }


def _fill(url: str, count: int) -> tuple[float, float]:
    """Return the seconds it took, and the megabytes on disk."""
    engine = store.open_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _quick)
    Base.metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS knowledge_version"))
    started = time.perf_counter()
    if count == 0:
        load_knowledge(get_settings().content, url)
    else:
        _fill_synthetic(engine, count)
    seconds = time.perf_counter() - started
    size = _tidy(engine)
    engine.dispose()
    return seconds, size


def _quick(connection, _record) -> None:
    """Let a store that is only measured be written without waiting for the disk."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-1000000")


def _fill_synthetic(engine: Engine, count: int) -> None:
    migrate(engine)
    territories = load_territories()
    shared = read_content(get_settings().content, territories)
    with Session(engine, future=True) as session, session.begin():
        store.set_document(session, store.SECTORS, json.loads(shared.reference.json(exclude_none=True)))
        store.set_document(session, store.LOAD, {"content_hash": f"synthetic-{count}"})
        store.put(
            session,
            _counted(synthetic.advisors(count, territories, SEED), count),
            synthetic.schemes(count // 10, territories, SEED),
        )


def _counted(records: Iterable, count: int) -> Iterator:
    for number, record in enumerate(records):
        if count >= 100_000 and number % 100_000 == 0:
            typer.echo(f"  {number} of {count}", err=True)
        yield record


def _tidy(engine: Engine) -> float:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return Path(engine.url.database).stat().st_size / 1e6
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (
            "knowledge_advisor_posting",
            "knowledge_scheme_posting",
        ):  # as docs/importing.md advises
            connection.execute(text(f"CLUSTER {table} USING {table}_pkey"))
        connection.execute(text("VACUUM ANALYZE"))
        size = "SELECT pg_total_relation_size(c.oid) FROM pg_class c WHERE relname LIKE 'knowledge_%' AND relkind = 'r'"
        return sum(row[0] for row in connection.execute(text(size))) / 1e6


if __name__ == "__main__":
    app()
