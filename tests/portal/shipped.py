"""The directory over the content as it is shipped, on a day that does not move."""

from datetime import date
from functools import lru_cache

from knowledge.bootstrap import serve
from knowledge.loader import read_content
from knowledge.migrating import migrate
from knowledge.service import KnowledgeBase
from knowledge.store import open_engine
from knowledge.territories import load_territories
from portal.bootstrap import open_directory
from portal.directory.desk import DirectoryDesk
from settings import ROOT

TODAY = date(2026, 11, 23)


@lru_cache(maxsize=1)
def shipped_directory() -> DirectoryDesk:
    """Return the directory, its content read once for all tests."""
    territories = load_territories()
    engine = open_engine("sqlite://")
    migrate(engine)
    serve(engine, read_content(ROOT / "knowledge" / "content", territories))
    return open_directory(KnowledgeBase(engine, territories, today=lambda: TODAY), territories)
