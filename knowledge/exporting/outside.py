"""What of a record may leave: not what is for editors only, nor a number nobody has read."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.codes import Confidence, Shown
from knowledge.schema import Advisor, Scheme
from knowledge.schema.base import Provenance

FOR_EDITORS = {"editor_note"}
_UNREAD = ("phone", "email")


def facts_of(record: Advisor | Scheme) -> dict[str, Any]:
    """Return the fields of `record` that may leave, as JSON values, absent ones left out.

    A record from memory loses its phone and mailbox, though the schema already refuses them: records may be
    built without it.
    """
    facts = json.loads(record.json(exclude_none=True, exclude=FOR_EDITORS))
    if record.confidence is Confidence.MEMORY:
        for key in _UNREAD:
            facts.pop(key, None)
    return facts


def leaving(records: Iterable[Advisor | Scheme]) -> Iterator[Advisor | Scheme]:
    """Yield the records that may leave: bodies kept for editors (`shown: never`) stay here."""
    return (record for record in records if getattr(record, "shown", None) is not Shown.NEVER)


class Credits:
    """The credits that licences ask to show, gathered while records pass."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str | None], Provenance] = {}

    def follow(self, records: Iterable[Advisor | Scheme]) -> Iterator[Any]:
        """Yield `records` as they are, keeping one credit a file."""
        for record in records:
            origin = record.provenance
            if origin:
                self._seen.setdefault((origin.credit, origin.file_date), origin)
            yield record

    def facts(self) -> list[dict[str, str]]:
        """Return what to show: source, licence, credit and date of each file, in a fixed order."""
        keys = ("source", "licence", "credit", "file_date")
        credits = [{key: getattr(origin, key) for key in keys} for origin in self._seen.values()]
        return sorted(
            ({key: value for key, value in credit.items() if value} for credit in credits),
            key=lambda credit: (credit["source"], credit["credit"], credit.get("file_date", "")),
        )

    def lines(self) -> list[str]:
        """Return one line a credit, with the date of the file where it is known."""
        dated = [(credit["credit"], credit.get("file_date")) for credit in self.facts()]
        return [f"{credit} ({day})" if day else credit for credit, day in dated]
