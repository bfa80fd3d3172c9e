"""Keeps what is searched in step with the turns, within the transaction that writes them."""

from collections.abc import Iterable

from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conversations import store
from conversations.models import BotMessageRow, TurnRow
from conversations.passage_models import PassageRow
from conversations.words import stems

# What comes after so many words of one turn is not found.
MOST_WORDS = 4000
# Pages of the index that are rewritten in one transaction: others write in between.
PAGES_AT_ONCE = 500


def note(session: Session, turn: TurnRow, answers: Iterable[str] = ()) -> None:
    """Make the words of a turn findable, in place of earlier ones; the opening turn has none."""
    if turn.position is None:
        return
    found = stems(turn.text or "")
    for answer in answers:
        found += stems(answer)
    row = session.scalar(select(PassageRow).where(PassageRow.turn_id == turn.id))
    if row is not None:
        row.words = found[:MOST_WORDS]
    elif found:
        session.add(
            PassageRow(conversation_id=turn.conversation_id, turn_id=turn.id, words=found[:MOST_WORDS])
        )


def note_all(session: Session, conversation_id: str) -> None:
    """Make all turns of a conversation findable, in their order."""
    said = select(BotMessageRow.turn_id, BotMessageRow.text)
    said = said.where(BotMessageRow.conversation_id == conversation_id).order_by(BotMessageRow.position)
    answers: dict[str, list[str]] = {}
    for turn_id, words in session.execute(said):
        answers.setdefault(turn_id, []).append(words)
    turns = select(TurnRow).where(TurnRow.conversation_id == conversation_id)
    for turn in session.scalars(turns.order_by(TurnRow.position)).all():
        note(session, turn, answers.get(turn.id, ()))


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
