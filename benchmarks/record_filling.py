"""Fills a record with conversations that nobody had, as many as one likes, for measures.

Digests are drawn from the tables of the synthetic month, turns from some thousand made-up texts with a rarer word in
each, so that a search finds much or little. Rows are written past the services, which would take days; PostgreSQL
makes the turns itself, from the texts.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from benchmarks import record_requests, record_tables
from benchmarks import record_sql as sql
from conversations.areas import area_of
from conversations.bootstrap import open_record
from conversations.passage_models import vector
from conversations.synthetic.drawing import Draws, Firm
from conversations.synthetic.turns import Turns
from conversations.words import stems

LAST = datetime(2026, 11, 20, 18, tzinfo=timezone.utc)
DAYS, TURNS, POOL, RARE, SEED, AT_ONCE = 365, 10, 4000, 30_000, 7, 5000
BETWEEN, ANSWERED = timedelta(seconds=40), timedelta(milliseconds=120)
MODELS = [f"modele-{number}" for number in range(6)]
REVIEWERS = [f"{number:032x}" for number in range(8)]
TAGS = ["à relire", "aides", "formation", "mauvais contact", "exemple", "douane"]
Row = Sequence[Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Text:
    """What a turn says and is answered, with what was understood of it and the stems of both."""

    said: str
    answered: str
    understood: str
    stems: tuple[str, ...]


def texts(draws: Draws) -> list[Text]:
    """Return made-up turns to choose from; of what was understood, what lists are made from."""
    made = []
    for _ in range(POOL):
        turns = Turns(draws, draws.firm(), MODELS[0])
        turn = turns.need(draws.need(), True) if draws.random.random() < 0.6 else turns.follow_up()
        answered = turn.messages[0]["text"]
        kept = {name: turn.understood[name] for name in ("intent", "needs", "entities", "actions")}
        found = (*stems(turn.text), *stems(answered))
        made.append(Text(turn.text, answered, json.dumps(kept), found))
    return made


class Filling:
    """The rows of so many conversations, in the order of time; those of turns only where `turns`."""

    def __init__(self, conversations: int, turns: bool) -> None:
        self._draws = Draws(SEED)
        self._draw = self._draws.random
        self.texts = texts(self._draws)
        self._conversations, self._with_turns = conversations, turns
        self._passage = 0

    def batches(self) -> Iterator[Rows]:
        """Yield the rows of some thousand conversations at a time, by table."""
        step = timedelta(days=DAYS) / self._conversations
        rows: Rows = {name: [] for name in sql.COLUMNS}
        for number in range(self._conversations):
            self._conversation(rows, number, LAST - timedelta(days=DAYS) + step * number)
            if (number + 1) % AT_ONCE == 0:
                yield rows
                rows = {name: [] for name in sql.COLUMNS}
        yield rows

    def _conversation(self, rows: Rows, number: int, begun: datetime) -> None:
        key, model = f"{self._draw.getrandbits(128):032x}", self._draw.choice(MODELS)
        active = begun + BETWEEN * TURNS
        channel = self._draws.weighted(self._draws.tables["channels"])
        rows["conversations"].append((key, f"{number:064x}", channel, begun, active, 2 * TURNS))
        needs = list(dict.fromkeys(self._draws.need() for _ in range(self._draw.choice((1, 1, 1, 2)))))
        firm, asked = self._draws.firm(), self._draw.random() < 0.05
        status = self._draws.weighted(self._draws.tables["requests"]["statuses"]) if asked else None
        times = (begun, active)
        rows["conversation_digests"].append(self._digest(key, times, channel, firm, needs, model, status))
        if status:
            record_requests.ask(rows, self._draws, key, status, needs[0], firm.place, active)
        rows["conversation_needs"] += [(key, need) for need in needs]
        rows["conversation_models"].append((key, model))
        if self._draw.random() < 0.03:
            rows["conversation_tags"] += [(key, tag) for tag in self._draw.sample(TAGS, 2)]
        for turn in range(TURNS if self._with_turns else 0):
            self._turn(rows, key, turn, begun + BETWEEN * turn, model)

    def _digest(
        self,
        key: str,
        times: tuple[datetime, datetime],
        channel: str,
        firm: Firm,
        needs: list[str],
        model: str,
        status: str | None,
    ) -> Row:
        draw = self._draw
        place, region = firm.place, area_of(firm.place.territory).region
        sure = round(draw.betavariate(5, 2), 4)
        review = draw.choices(("new", "later", "reviewed"), weights=(85, 3, 12))[0]
        reviewer = draw.choice(REVIEWERS) if review != "new" else None
        seen = (sure < 0.35, draw.random() < 0.01, draw.random() < 0.08, draw.random() < 0.03)
        where = (place.departement, region, place.name, firm.division, firm.size)
        counted = (json.dumps(needs), TURNS, draw.choice(self.texts).said[:200], sure)
        about = (int(status is not None), status, model, review, reviewer)
        return (key, *times, channel, *where, *counted, *seen, *about)

    def _turn(self, rows: Rows, key: str, turn: int, at: datetime, model: str) -> None:
        drawn, word = self._draw.choice(self.texts), f"rare{min(RARE, int(self._draw.paretovariate(0.6)))}"
        self._passage += 1
        name, answered = f"{self._passage:032x}", at + ANSWERED
        known = (name, key, f"m{turn}", f"{drawn.said} {word}", 2 * turn + 1, "answered", drawn.understood)
        rows["turns"].append((*known, model, 1, at, answered))
        rows["bot_messages"].append((key, 2 * turn + 2, name, drawn.answered, answered))
        rows["passages"].append((self._passage, key, name, " ".join((*drawn.stems, word))))


def fill(url: str, conversations: int) -> None:
    """Fill the record at `url`, which must be empty."""
    engine = open_record(url)
    if engine.dialect.name == "sqlite":
        _fill_sqlite(engine, Filling(conversations, turns=True))
    else:
        _fill_postgresql(engine, Filling(conversations, turns=False))
    engine.dispose()


def _fill_sqlite(engine: Engine, filling: Filling) -> None:
    connection = engine.raw_connection()
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-500000"):
        connection.execute(f"PRAGMA {pragma}")
    for rows in filling.batches():
        connection.execute("BEGIN")
        for name, columns in sql.COLUMNS.items():
            marks = ", ".join("?" * len(columns.split(",")))
            statement = f"INSERT INTO {name} ({columns}) VALUES ({marks})"
            connection.executemany(statement, ([_plain(value) for value in row] for row in rows[name]))
        connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _plain(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _fill_postgresql(engine: Engine, filling: Filling) -> None:
    with engine.begin() as connection, record_tables.bare(connection, sql.COLUMNS):
        for rows in filling.batches():
            for name, columns in sql.COLUMNS.items():
                _copy(connection, f"{name} ({columns})", rows[name])
        connection.execute(text(sql.POOL))
        pool = [(number, *_pooled(each)) for number, each in enumerate(filling.texts)]
        _copy(connection, "pool", pool)
        for statement in (*sql.turns(TURNS, POOL, RARE), sql.AFTER):
            connection.execute(text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _pooled(drawn: Text) -> Row:
    return (drawn.said, drawn.answered, drawn.understood, vector(drawn.stems))


def _copy(connection: Connection, target: str, rows: Sequence[Row]) -> None:
    lines = "".join("\t".join(map(_cell, row)) + "\n" for row in rows)
    connection.connection.cursor().copy_expert(f"COPY {target} FROM STDIN", io.StringIO(lines))


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ")
