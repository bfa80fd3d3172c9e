"""Records as files of the content folder, so that what was changed in the console goes back into the repository.

Written like the files there: fields in the order of the models with the source last, lists of codes on a line, long
texts folded, codes of digits, numbers and dates in quotes. The same record gives the same bytes.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import Editor
from knowledge.editing.keeping import is_paid, payers
from knowledge.importing.models import SourceRecord, WithdrawalRow
from knowledge.importing.sources import EDITED
from knowledge.importing.staging import MODELS
from knowledge.loader import ADVISORS, SCHEMES
from knowledge.reading import reaching
from knowledge.schema import Advisor, Scheme
from knowledge.schema.base import Sourced

FOLDER_OF = {store.ADVISOR: ADVISORS, store.SCHEME: SCHEMES}
WIDTH = 108  # characters of a line
FOLDED = 100  # characters from which a text is folded
_DIGITS = re.compile(r"[\d .+-]+")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file of an archive: zip knows nothing earlier
_EMPTY = (None, [], {})  # what the model says by itself
_TRUST = tuple(Sourced.__fields__)


class _Folded(str):
    """A text that is folded."""


class _OnALine(list):
    """A list that stands on a line."""


class _Dumper(yaml.SafeDumper):
    """Writes as the content is written."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of a list."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    plain = dumper.resolve(yaml.ScalarNode, value, (True, False)) == "tag:yaml.org,2002:str"
    plain = plain and not _DIGITS.fullmatch(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Folded, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=">")
)
_Dumper.add_representer(
    _OnALine,
    lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True),
)


def file_of(record: Advisor | Scheme) -> str:
    """Return the file of a record, as it stands in the content folder."""
    given = json.loads(record.json(exclude_defaults=True, exclude_none=True))
    names = [name for name in type(record).__fields__ if name not in _TRUST] + list(_TRUST)
    ordered = {name: _styled(given[name]) for name in names if given.get(name) not in _EMPTY}
    return yaml.dump(
        ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
    )


def archive(records: Iterable[Advisor | Scheme]) -> bytes:
    """Return the files of records as a zip, under their folders; the same records give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for record in records:
            folder = SCHEMES if isinstance(record, Scheme) else ADVISORS
            packed.writestr(zipfile.ZipInfo(f"{folder}/{record.id}.yml", _MOMENT), file_of(record))
    return out.getvalue()


def edited(engine: Engine, editor: Editor) -> Iterator[Advisor | Scheme]:
    """Yield the records that were published in the console, are served, and that an editor keeps, by kind and id."""
    wanted = (
        select(SourceRecord.kind, SourceRecord.slug, SourceRecord.record)
        .outerjoin(
            WithdrawalRow,
            (WithdrawalRow.kind == SourceRecord.kind) & (WithdrawalRow.slug == SourceRecord.slug),
        )
        .where(SourceRecord.source == EDITED, WithdrawalRow.slug.is_(None))
        .order_by(SourceRecord.kind, SourceRecord.slug)
    )
    with reaching(), Session(engine, future=True) as session:
        known = [] if editor.keeps_all else payers(session, editor.bodies)
        for row in session.execute(wanted):
            record = MODELS[row.kind].parse_raw(row.record).copy(update={"id": row.slug})
            own = is_paid(record, known) if row.kind == store.SCHEME else row.slug in (editor.bodies or ())
            if editor.keeps_all or own:
                yield record


def _styled(value: Any) -> Any:
    if isinstance(value, str):
        return _Folded(value) if len(value) > FOLDED and "://" not in value else value
    if isinstance(value, dict):
        return {name: _styled(inner) for name, inner in value.items() if inner not in _EMPTY}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        short = all(isinstance(item, (str, int, float)) and " " not in str(item) for item in value)
        return _OnALine(value) if short else [_styled(item) for item in value]
    return value
