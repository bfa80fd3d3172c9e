"""Full-text search over what owners said and were answered: the latest first, a page at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import column, func, select, table, text, true
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from conversations.browsing import Digest, digest_views
from conversations.cursors import pack, unpack
from conversations.digest_models import DigestRow
from conversations.excerpts import Piece, excerpt
from conversations.filters import Filters
from conversations.models import BotMessageRow, TurnRow
from conversations.passage_models import LARGE_WINDOW, SMALL_WINDOW, PassageRow
from conversations.queries import Query, read_query
from conversations.sight import Sight, listed
from conversations.transactions import Transactions

PAGE = 30
# Passages with the words that are held against the filters for one page: a page may end before it is full.
MOST_CANDIDATES = 3_000
NEWEST = 2**62
Mask = Callable[[str], str]


@dataclass(frozen=True)
class Hit:
    """A turn in which the words were found; `position` names it within its conversation.

    `author` is who said them: the owner, the assistant, or an advisor who wrote into the conversation.
    """

    digest: Digest
    position: int
    at: datetime
    author: Literal["owner", "bot", "advisor"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """Part of what was found. `next` leads on, also from a part without a hit; `empty` tells that no word was given."""

    hits: tuple[Hit, ...] = ()
    next: str | None = None
    empty: bool = False


@dataclass(frozen=True)
class _Span:
    """A run of passages, `floor` included and `edge` not; `windows` are what PostgreSQL finds it by."""

    floor: int
    edge: int
    windows: tuple[str, ...] = ()


class Searching:
    """The search. Every call asks for `sight` and raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(
        self,
        typed: str,
        filters: Filters,
        sight: Sight | None,
        cursor: str | None = None,
        mask: Mask | None = None,
        size: int = PAGE,
    ) -> Found:
        """Return what was found from `cursor` on, the latest turn first; raises BadCursor.

        `mask` hides names: a hit that shows only in what is hidden is left out, so that nobody can ask for it.
        """
        (edge,) = unpack(cursor, int) if cursor else (NEWEST,)
        query = read_query(typed)
        if not query:
            return Found(empty=True)
        conditions = [*filters.conditions(), *listed(sight)]
        with self._transactions.read() as session:
            ids, further = _look(session, query, conditions, max(0, min(edge, NEWEST)), size)
            hits = tuple(_hits(session, ids, query.stems, mask))
        return Found(hits, pack((further,)) if further else None)


def _look(
    session: Session, query: Query, conditions: list[Any], edge: int, size: int
) -> tuple[list[int], int]:
    """Return the numbers of the passages of one page, and the number to go on below, 0 where nothing is left.

    Looks through the latest first, then through runs as long as the words are rare.
    """
    budget = MOST_CANDIDATES if conditions else size + 1
    if session.get_bind().dialect.name == "sqlite":
        found, seen, lowest = _candidates(session, query, conditions, _Span(0, edge), budget, size + 1)
        return _cut(found, size, lowest if seen >= budget else 0)
    edge = min(edge, (session.scalar(select(func.max(PassageRow.id))) or 0) + 1)
    span, found, seen = _recent(edge), [], 0
    while True:
        more, looked, lowest = _candidates(session, query, conditions, span, budget, size + 1 - len(found))
        found, seen = found + more, seen + looked
        if len(found) > size or span.floor <= 0:
            return _cut(found, size, lowest if looked >= budget else 0)
        if seen >= MOST_CANDIDATES or looked >= budget:
            return found, lowest if looked >= budget else span.floor
        span = _before(span.floor, expected=looked / max(1, span.edge - span.floor))


def _recent(edge: int) -> _Span:
    """Return the two latest small windows below `edge`."""
    return _windows(edge, SMALL_WINDOW, "#s")


def _before(edge: int, expected: float) -> _Span:
    """Return the longest run below `edge` that is not expected to hold too many candidates."""
    if expected * edge <= MOST_CANDIDATES:
        return _Span(0, edge)
    if expected * 2**LARGE_WINDOW <= MOST_CANDIDATES:
        return _windows(edge, LARGE_WINDOW, "#l")
    return _recent(edge)


def _windows(edge: int, power: int, sign: str) -> _Span:
    last = max(0, edge - 1) >> power
    first = max(0, last - 1)
    return _Span(first << power, edge, tuple(f"{sign}{each}" for each in range(first, last + 1)))


def _candidates(
    session: Session, query: Query, conditions: list[Any], span: _Span, most: int, wanted: int
) -> tuple[list[int], int, int]:
    """Return the passages of a run that hold the words and fit, how many held the words, and the lowest of these."""
    held = _held(session, query, span).limit(most).cte("held")
    if not conditions:
        ids = list(session.scalars(select(held.columns.id).order_by(held.columns.id.desc())))
        return ids[:wanted], len(ids), ids[-1] if ids else 0
    # Not joined: SQLite would first go through all digests for a filter that tells which passages need no look.
    owner = select(DigestRow.conversation_id).where(DigestRow.conversation_id == held.columns.conversation_id)
    fitting = (
        select(held.columns.id)
        .where(owner.where(*conditions).exists())
        .order_by(held.columns.id.desc())
        .limit(wanted)
        .subquery("fitting")
    )
    seen = select(func.count().label("seen"), func.min(held.columns.id).label("lowest")).select_from(held)
    both = seen.subquery("seen")
    joined = select(fitting.columns.id, both.columns.seen, both.columns.lowest).select_from(
        both.outerjoin(fitting, true())
    )
    rows = session.execute(joined).all()
    return (
        sorted((row.id for row in rows if row.id is not None), reverse=True),
        rows[0].seen,
        rows[0].lowest or 0,
    )


def _held(session: Session, query: Query, span: _Span) -> Select:
    """Return the statement for the passages of a run that hold the words, the latest first."""
    if session.get_bind().dialect.name == "sqlite":
        index = table("passage_index", column("rowid"))
        found = text("passage_index MATCH :query").bindparams(query=query.for_fts5())
        both = index.join(PassageRow, PassageRow.id == index.columns.rowid)
        number = index.columns.rowid
    else:
        asked = query.for_tsquery(span.windows)
        found = text("passages.words @@ CAST(:query AS tsquery)").bindparams(query=asked)
        # Not by the key's index: where words are common but never together, it would be read to its end.
        both, number = PassageRow, PassageRow.id + 0
    columns = (PassageRow.id, PassageRow.conversation_id)
    run = (found, number >= span.floor, number < span.edge)
    return select(*columns).select_from(both).where(*run).order_by(number.desc())


def _cut(found: list[int], size: int, further: int) -> tuple[list[int], int]:
    """Return at most `size` passages, and where to go on."""
    return (found[:size], found[size - 1]) if len(found) > size else (found, further)


def _hits(session: Session, ids: Sequence[int], stems: frozenset[str], mask: Mask | None) -> Iterator[Hit]:
    """Yield the hits of these passages, in their order, each with the part of the text where the words stand."""
    found = select(PassageRow.id, TurnRow, DigestRow).where(PassageRow.id.in_(ids))
    found = found.join(TurnRow, TurnRow.id == PassageRow.turn_id)
    found = found.join(DigestRow, DigestRow.conversation_id == PassageRow.conversation_id)
    rows = {each.id: each for each in session.execute(found)} if ids else {}
    said = _answers(session, [each.TurnRow.id for each in rows.values()])
    digests = {each.conversation_id: each for each in digest_views(session, _once(rows.values()))}
    for each in (rows[number] for number in ids if number in rows):
        turn = each.TurnRow
        texts = [("owner", turn.text or "", turn.position), *said.get(turn.id, ())]
        for author, words, position in texts:
            pieces = excerpt(mask(words) if mask else words, stems)
            if pieces:
                digest = digests[turn.conversation_id]
                yield Hit(digest, turn.position or position, turn.received_at, author, pieces)
                break


def _answers(session: Session, turn_ids: Sequence[str]) -> dict[str, list[tuple[str, str, int]]]:
    """Return what each of these turns was answered: by whom, in which words, and the message's number."""
    said = select(BotMessageRow).where(BotMessageRow.turn_id.in_(turn_ids)).order_by(BotMessageRow.position)
    found: dict[str, list[tuple[str, str, int]]] = {}
    for row in session.scalars(said) if turn_ids else ():
        author = "advisor" if (row.custom or {}).get("type") == "advisor" else "bot"
        found.setdefault(row.turn_id, []).append((author, row.text, row.position))
    return found


def _once(rows: Iterable[Any]) -> list[DigestRow]:
    """Return each digest once: several hits may be of one conversation."""
    return list({each.DigestRow.conversation_id: each.DigestRow for each in rows}.values())
