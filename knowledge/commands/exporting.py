"""Write the knowledge base to a file that others can read."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from sqlalchemy.engine import Engine

from knowledge.commands.output import refuse
from knowledge.errors import EmptyStore
from knowledge.exporting import csv_files, json_files, national
from knowledge.exporting.files import whole_file
from knowledge.exporting.outside import Credits, leaving
from knowledge.store import open_engine, stored_hash, stream_advisors, stream_schemes
from knowledge.territories import load_territories
from settings import get_settings


class Format(str, Enum):
    """What a file can be."""

    NATIONAL = "national"
    CSV = "csv"
    JSON = "json"


class Kind(str, Enum):
    """What a file can hold."""

    ADVISORS = "advisors"
    SCHEMES = "schemes"


_STREAMS = {Kind.ADVISORS: stream_advisors, Kind.SCHEMES: stream_schemes}
_ENCODINGS = {Format.CSV: csv_files.ENCODING}
FormatName = Annotated[
    Format,
    typer.Argument(help="national: the national schema 0.2.0; csv: a table for people; json: everything."),
]
Target = Annotated[Path, typer.Option("--to", help="The file to write; replaced only once it is complete.")]
KindName = Annotated[
    Kind | None, typer.Option(help="What to write; csv needs it, json writes both without it.")
]


def export(form: FormatName, to: Target, kind: KindName = None) -> None:
    """Write bodies or schemes to a file: national schema, table for people, or JSON."""
    if form is Format.CSV and kind is None:
        refuse("a table holds one kind of record: add --kind advisors or --kind schemes")
    if form is Format.NATIONAL and kind is Kind.ADVISORS:
        refuse("the national schema describes schemes only")
    try:
        engine = _engine()
        with whole_file(to, _ENCODINGS.get(form, "utf-8")) as file:
            rows, credits = _write(form, kind, engine, file)
    except EmptyStore:
        refuse("the store is empty: run `python -m knowledge load` first")
    except OSError as error:
        refuse(f"{to} cannot be written: {error.strerror}")
    typer.echo(f"{rows} records written to {to}")
    for line in credits:
        typer.echo(f"credit to show: {line}")


def _engine() -> Engine:
    engine = open_engine(get_settings().sql_url("knowledge"))
    if stored_hash(engine) is None:
        raise EmptyStore(str(engine.url))
    return engine


def _write(form: Format, kind: Kind | None, engine: Engine, file: TextIO) -> tuple[int, list[str]]:
    credits = Credits()

    def records(of: Kind) -> Iterator:
        return credits.follow(leaving(_STREAMS[of](engine)))

    if form is Format.NATIONAL:
        rows = _write_national(engine, records(Kind.SCHEMES), file)
    elif form is Format.CSV:
        rows = csv_files.write_csv(kind.value, records(kind), file, load_territories())
    else:
        kinds = [kind] if kind else list(Kind)
        rows = json_files.write_json({of.value: records(of) for of in kinds}, file, date.today())
    return rows, credits.lines()


def _write_national(engine: Engine, schemes: Iterator, file: TextIO) -> int:
    chained = national.chained_uuids(lambda: stream_schemes(engine))
    written = national.write_national(schemes, file, chained)
    for refusal in written.refused:
        typer.echo(f"left out: {refusal}", err=True)
    return written.rows
