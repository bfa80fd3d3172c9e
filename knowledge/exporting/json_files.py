"""Bodies and schemes as one JSON object, with provenance, licences and credits.

    {"exported_on": "2026-11-26", "advisors": [...], "schemes": [...], "credits": [...]}

Records are those of `knowledge/schema/`, written as they pass; `credits` come last, since only then all files
are known whose licence asks for one.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TextIO

from knowledge.exporting.outside import Credits, facts_of, leaving
from knowledge.schema import Advisor, Scheme


def write_json(kinds: Mapping[str, Iterable[Advisor | Scheme]], file: TextIO, today: date) -> int:
    """Write the records of each kind (`advisors`, `schemes`) under its name; return how many there were.

    `today` is the day of the export.
    """
    credits, rows = Credits(), 0
    file.write(f'{{"exported_on": {_text(today.isoformat())}')
    for kind, records in kinds.items():
        file.write(f",\n{_text(kind)}: [")
        before = "\n"
        for record in credits.follow(leaving(records)):
            file.write(before + _text(facts_of(record)))
            before, rows = ",\n", rows + 1
        file.write("]")
    file.write(f',\n"credits": {_text(credits.facts())}}}\n')
    return rows


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
