"""Puts the knowledge base together from its store and its territories."""

from pathlib import Path

from knowledge import store
from knowledge.loader import content_hash, read_content
from knowledge.service import KnowledgeBase
from knowledge.territories import load_territories


def open_knowledge(url: str) -> KnowledgeBase:
    """Return the knowledge base held at `url`, read into memory once; raises `EmptyStore` when nothing was
    loaded.
    """
    engine = store.open_engine(url)
    try:
        return KnowledgeBase(store.read(engine), load_territories())
    finally:
        engine.dispose()


def load_knowledge(folder: Path, url: str) -> bool:
    """Bring the store at `url` up to date with `folder`; False when it already was.

    Raises `InvalidContent`, and the store keeps what it held.
    """
    engine = store.open_engine(url)
    try:
        if store.stored_hash(engine) == content_hash(folder):
            return False
        store.save(engine, read_content(folder, load_territories()))
        return True
    finally:
        engine.dispose()
