"""Puts the knowledge base together from its store and its territories."""

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
    return KnowledgeBase(store.open_engine(url), load_territories())


def load_knowledge(folder: Path, url: str) -> bool:
    """Bring the store at `url` up to date with `folder`; False when it already was.

    Raises `InvalidContent`, and the store keeps what it held.
    """
    engine = store.open_engine(url)
    try:
        migrate(engine)
        if store.stored_hash(engine) == content_hash(folder):
            return False
        serve(engine, read_content(folder, load_territories()))
        return True
    finally:
        engine.dispose()


def serve(engine: Engine, content: Content) -> None:
    """Serve this content and nothing else, in one transaction: readers see the old or the new, never a mix."""
    with Session(engine, future=True) as session, session.begin():
        store.save(session, content)
        for kind, records in ((store.ADVISOR, content.advisors), (store.SCHEME, content.schemes)):
            store.remove(session, kind, store.ids(session, kind) - set(records))
        store.put(session, content.advisors.values(), content.schemes.values())
