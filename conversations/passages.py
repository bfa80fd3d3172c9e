"""Keeps what is searched in step with the turns, within the transaction that writes them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from conversations import store
from conversations.advisor_models import AdvisorMessageRow
from conversations.models import BotMessageRow, TurnRow
from conversations.passage_models import PassageRow
from conversations.words import stems

# What comes after so many words of one turn is not found.
MOST_WORDS = 4000
# Pages of the index that are rewritten in one transaction: others write in between.
PAGES_AT_ONCE = 500
_TABLE = PassageRow.__table__
_CHANGE = update(_TABLE).where(_TABLE.c.turn_id == bindparam("turn"))


def note(connection: Connection, turn: TurnRow, answers: Iterable[str] = (), advisor: bool = False) -> None:
    """Make the words of a turn findable, in place of earlier ones.

    A turn in which no owner spoke has none, unless an `advisor` wrote it.
    """
    if turn.position is None and not advisor:
        return
    found = stems(turn.text or "")
    for answer in answers:
        found += stems(answer)
    found = found[:MOST_WORDS]
    known = connection.execute(_CHANGE, {"turn": turn.id, "words": found}).rowcount
    if found and not known:
        values = {"conversation_id": turn.conversation_id, "turn_id": turn.id, "words": found}
        connection.execute(insert(_TABLE), values)


def note_all(session: Session, conversation_id: str) -> None:
    """Make all turns of a conversation findable, in their order."""
    said = _said(BotMessageRow.conversation_id == conversation_id)
    answers: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    advisors = set()
    for turn_id, position, words, account_id in session.execute(said.order_by(BotMessageRow.position)):
        answers.setdefault(turn_id, []).append(words)
        places.setdefault(turn_id, position)
        if account_id is not None:
            advisors.add(turn_id)
    turns = session.scalars(select(TurnRow).where(TurnRow.conversation_id == conversation_id)).all()
    for turn in sorted(turns, key=lambda each: each.position or places.get(each.id, 0)):
        note(session.connection(), turn, answers.get(turn.id, ()), turn.id in advisors)


def note_advisors(session: Session) -> int:
    """Make findable what advisors wrote before their words were searched; return how many turns."""
    missing = _said(AdvisorMessageRow.account_id.is_not(None), PassageRow.id.is_(None))
    missing = missing.outerjoin(PassageRow, PassageRow.turn_id == BotMessageRow.turn_id)
    rows = session.execute(missing.order_by(AdvisorMessageRow.id)).all()
    for row in rows:
        note(session.connection(), session.get(TurnRow, row.turn_id), [row.text], advisor=True)
    return len(rows)


def _said(*conditions: Any) -> Select:
    """Return the statement for the bot's side, each with the account of the advisor who wrote it, if any."""
    columns = (
        BotMessageRow.turn_id,
        BotMessageRow.position,
        BotMessageRow.text,
        AdvisorMessageRow.account_id,
    )
    same = (AdvisorMessageRow.conversation_id == BotMessageRow.conversation_id) & (
        AdvisorMessageRow.position == BotMessageRow.position
    )
    return select(*columns).select_from(BotMessageRow).outerjoin(AdvisorMessageRow, same).where(*conditions)


def forget_deleted(engine: Engine) -> None:
    """Rewrite SQLite's index without the words of deleted passages; PostgreSQL's own vacuum does that.

    FTS5 notes a deletion beside the words and drops both when it merges. Several short transactions.
    """
    if engine.dialect.name != "sqlite":
        return
    pages = -PAGES_AT_ONCE  # a negative number begins a merge of everything, a positive one goes on with it
    while _merge(engine, pages):
        pages = PAGES_AT_ONCE


def _merge(engine: Engine, pages: int) -> bool:
    """Rewrite some pages; tell whether there is more to do."""
    with store.writing(engine).begin() as connection:
        before = connection.scalar(text("SELECT total_changes()"))
        connection.execute(
            text("INSERT INTO passage_index(passage_index, rank) VALUES ('merge', :pages)"), {"pages": pages}
        )
        return connection.scalar(text("SELECT total_changes()")) - before >= 2
