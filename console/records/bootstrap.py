"""Opens the records of the knowledge base for the console."""

from datetime import date
from pathlib import Path

from console.records.book import RecordBook
from knowledge.editing.desk import EditingDesk
from knowledge.store import open_engine
from knowledge.territories import load_territories


def open_book(url: str, imports: Path) -> RecordBook:
    """Return the records held at `url`, which a load has made ready; nothing is asked of it before it is needed.

    `imports` is a folder for files that are tried before they are imported.
    """
    engine, territories = open_engine(url), load_territories()
    return RecordBook(EditingDesk(engine, territories), engine, territories, date.today, imports)
