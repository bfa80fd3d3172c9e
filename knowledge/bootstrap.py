"""Puts the knowledge base together from its store and its territories."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.loader import Content, content_hash, read_content
from knowledge.migrating import migrate
from knowledge.service import KnowledgeBase
from knowledge.territories import load_territories


def open_knowledge(url: str) -> KnowledgeBase:
    """Return the knowledge base held at `url`; raises `EmptyStore` when nothing was loaded."""
    return KnowledgeBase(store.open_engine(url, reading=True), load_territories())


def load_knowledge(folder: Path, url: str) -> bool:
    """Bring the store at `url` up to date with `folder`; False when it already was.

    Raises `InvalidContent`, and the store keeps what it held.
    """
    engine = store.open_engine(url)
    try:
        migrate(engine)
        if store.stored_hash(engine) == content_hash(folder):
            return False
        return serve(engine, read_content(folder, load_territories()))
    finally:
        engine.dispose()


def serve(engine: Engine, content: Content, today: Callable[[], date] = date.today) -> bool:
    """Serve this content, merged with what was imported, in one transaction: readers see the old or the new,
    never a mix. False where somebody else served it while this process waited for its turn.
    """
    # Read where it is used: the portal and the action server only read the store.
    from knowledge.importing import pipeline
    from knowledge.importing.content_records import content_context, content_items

    territories = load_territories()
    with Session(engine, future=True) as session, session.begin():
        store.lock(session)
        if store.loaded_hash(session) == content.content_hash:
            return False
        store.post_again(session, relabelled=store.save(session, content))
        pipeline.stage(
            session,
            content_items(content),
            content_context(territories, today()),
            file_name="content",
            digest=lambda: content.content_hash,
        )
    return True
