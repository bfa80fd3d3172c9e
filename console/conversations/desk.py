"""All that the pages of the conversation logs ask, in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine

from conversations.bootstrap import (
    open_browsing,
    open_saved_views,
    open_searching,
    open_transcripts,
)
from conversations.browsing import Browsing
from conversations.privacy_bootstrap import open_reading_log
from conversations.reading_log import ReadingLog
from conversations.saved_views import SavedViews
from conversations.searching import Searching
from conversations.transcripts import Transcripts

Names = Mapping[str, str]


@dataclass(frozen=True)
class LogDesk:
    """The services of the logs; `departements` and `regions` are names by code, `people` gives those of accounts."""

    lists: Browsing
    search: Searching
    transcripts: Transcripts
    views: SavedViews
    reads: ReadingLog
    departements: Names
    regions: Names
    people: Callable[[], Names] = dict


def open_logs(
    record: Engine,
    clock: Callable[[], datetime],
    departements: Names,
    regions: Names,
    people: Callable[[], Names] = dict,
) -> LogDesk:
    """Return the logs of an open record."""
    return LogDesk(
        lists=open_browsing(record),
        search=open_searching(record),
        transcripts=open_transcripts(record),
        views=open_saved_views(record, clock),
        reads=open_reading_log(record, clock),
        departements=departements,
        regions=regions,
        people=people,
    )
