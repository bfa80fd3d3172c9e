"""What every reader of schemes hands over: the scheme with its source, or the reason why there is none."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from knowledge.codes import Confidence
from knowledge.complaints import in_words
from knowledge.importing.fields import SLUG_LENGTH, slug_for
from knowledge.importing.formats.aid_words import needs_of
from knowledge.importing.formats.rows import Row
from knowledge.importing.formats.scheme_parts import Notes, NotForFirms, Refused
from knowledge.importing.mailboxes import excerpt
from knowledge.importing.records import Context, Imported, Item, SetAside, Skipped
from knowledge.schema import Scheme

_SUFFIX = 8  # hexadecimal digits: one chance in four billion that two schemes of one title share theirs
_OPENING = 400  # characters of a description in which needs are looked for
Fields = Mapping[str, Any]


def item_of(row: Row, key: str, context: Context, read: Callable[[Fields, Notes], Fields]) -> Item:
    """Return what becomes of a row: the scheme of the fields that `read` finds, or why there is none.

    `key` is the column that holds the source's identifier.
    """
    source_id = str(row.cells.get(key) or "").strip() or None
    try:
        if row.fault or not source_id:
            raise Refused(row.fault or f"`{key}` is empty")
        return Imported(source_id, scheme_of(row.cells, source_id, context, read), (), row.place)
    except NotForFirms as error:
        return Skipped(str(error))
    except Refused as error:
        return SetAside(source_id, row.place, str(error), excerpt(dict(row.cells)))


def scheme_of(
    cells: Fields, source_id: str, context: Context, read: Callable[[Fields, Notes], Fields]
) -> Scheme:
    """Return the scheme of `cells`, with its id, needs, source and notes.

    Raises `Refused` with every rule it breaks.
    """
    notes = Notes()
    fields = read(cells, notes)
    texts = (fields["titre"], fields["promesse"], fields["description"][:_OPENING])
    try:
        return Scheme(
            **fields,
            id=scheme_id(fields["titre"], context.source.code, source_id),
            needs=needs_of(texts, fields["types_aides"]),
            provenance=context.source.provenance(source_id, context.file_date),
            confidence=_confidence(fields, context),
            source_url=fields.get("url_source"),
            editor_note=notes.text(),
        )
    except ValidationError as error:
        raise Refused("; ".join(in_words(found, Scheme) for found in error.errors())) from error


def scheme_id(title: str, source: str, source_id: str) -> str:
    """Return the id of an imported scheme: its title, and a suffix that only its source and number decide."""
    suffix = sha256(f"{source}\0{source_id}".encode()).hexdigest()[:_SUFFIX]
    return f"{slug_for(title)[: SLUG_LENGTH - _SUFFIX - 1].rstrip('-')}-{suffix}"


def _confidence(fields: Fields, context: Context) -> Confidence:
    """Official only where the source says that it is, and the page can be named."""
    official = context.source.precedence == Confidence.OFFICIAL and fields.get("url_source")
    return Confidence.OFFICIAL if official else Confidence.SECONDARY
