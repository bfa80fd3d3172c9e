"""Our own content, read as one more source."""

from collections.abc import Iterator
from datetime import date

from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import CONTENT, source_of
from knowledge.loader import ADVISORS, SCHEMES, Content
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories


def content_context(territories: Territories, today: date) -> Context:
    """Return the context of an import of the content."""
    return Context(source_of(CONTENT), territories, today)


def content_items(content: Content) -> Iterator[Imported]:
    """Yield every body and scheme of the content, under its own id."""
    for folder, records in ((ADVISORS, content.advisors), (SCHEMES, content.schemes)):
        for key, record in records.items():
            yield Imported(key, record, tuple(keys_of(record)), f"{folder}/{key}.yml")


def keys_of(record: Advisor | Scheme) -> Iterator[str]:
    """Yield the names that other sources may know a record of ours by."""
    if getattr(record, "directory_id", None):
        yield f"directory:{record.directory_id}"
    if getattr(record, "siret", None):
        yield f"siret:{record.siret}"
    link = getattr(record, "url_source", None)
    if link:
        yield f"url:{link}"
