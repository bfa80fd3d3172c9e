"""Import open data into the store."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.commands.output import refuse
from knowledge.importing import fetching, pipeline
from knowledge.importing.records import Context, Source
from knowledge.importing.report import Report
from knowledge.importing.sources import UnknownSource, companions, importable, reader_of, source_of
from knowledge.importing.streams import Unreadable
from knowledge.migrating import migrate
from knowledge.store import open_engine, stored_hash
from knowledge.territories import load_territories
from settings import get_settings

DOWNLOADS = "imports"  # folder under var/
SHOWN = 20  # lines of each sort in the report
SourceCode = Annotated[str, typer.Argument(metavar="SOURCE", help=f"One of: {', '.join(importable())}.")]
Location = Annotated[
    str, typer.Argument(metavar="FILE_OR_ADDRESS", help="A file, gzip and zip included, or an https address.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do it all, report it, and take it back.")]
FileDate = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the file, shown with its credit.")
]
Complete = Annotated[
    bool | None,
    typer.Option(
        "--complete/--partial",
        help="Whether what the file does not hold is gone; the source's own word by default.",
    ),
]
Companion = Annotated[
    Path | None, typer.Option(help="The second file of a source. " + "; ".join(companions()) + ".")
]
OldCompanion = Annotated[Path | None, typer.Option("--competences", hidden=True)]  # its name until 2026-11


def import_(
    source: SourceCode,
    file: Location,
    dry_run: DryRun = False,
    file_date: FileDate = None,
    complete: Complete = None,
    companion: Companion = None,
    competences: OldCompanion = None,
) -> None:
    """Import a file of open data into the store, all of it or nothing."""
    try:
        known, companion = source_of(source), companion or competences
        _check_companion(known, companion)
        context = Context(
            known,
            load_territories(),
            date.today(),
            file_date.date() if file_date else None,
            companion=companion,
            address=file,
        )
        report = _imported(known, context, file, dry_run, complete)
    except (UnknownSource, Unreadable, pipeline.NothingRead) as error:
        refuse(f"{error}; nothing was imported")
    except OSError as error:
        refuse(f"{error}; nothing was imported")
    for line in lines_of(report):
        typer.echo(line)


def _check_companion(source: Source, companion: Path | None) -> None:
    if companion is None:
        return
    if source.companion is None:
        refuse(f"{source.code} has no companion file, only {'; '.join(companions())}; nothing was imported")
    if not companion.is_file():
        refuse(f"{companion}, the companion file, cannot be read: no such file; nothing was imported")


def _imported(source: Source, context: Context, file: str, dry_run: bool, complete: bool | None) -> Report:
    engine = open_engine(get_settings().sql_url("knowledge"))
    try:
        migrate(engine)
        if stored_hash(engine) is None:
            refuse("the store is empty: run `python -m knowledge load` first")
        with (
            _progress() as bar,
            fetching.opened(file, get_settings().var / DOWNLOADS, tell=bar.advance) as fetched,
        ):
            bar.start(fetched.name, fetched.size)
            items = reader_of(source)(fetched.stream, context)
            return pipeline.run(
                engine,
                items,
                context,
                file_name=fetched.name,
                digest=fetched.digest,
                complete=complete,
                dry_run=dry_run,
            )
    finally:
        engine.dispose()


class _Bar:
    """A progress bar of the bytes that were read, shown once it is known how many there are."""

    def __init__(self, progress: Progress):
        self._progress, self._task = progress, None

    def start(self, name: str, size: int) -> None:
        self._progress.start()
        self._task = self._progress.add_task(name, total=size)

    def advance(self, size: int) -> None:
        if self._task is not None:
            self._progress.update(self._task, advance=size)

    def stop(self) -> None:
        if self._task is not None:
            self._progress.stop()


@contextmanager
def _progress() -> Iterator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = _Bar(Progress(*columns, console=Console(stderr=True)))
    try:
        yield bar
    finally:
        bar.stop()


def lines_of(report: Report) -> Iterator[str]:
    """Yield the report of an import, a line at a time."""
    if report.dry_run:
        yield "dry run: nothing was kept; without --dry-run this would be done:"
    merged = f" ({report.merged} to a record that other sources have)" if report.merged else ""
    yield (
        f"{report.added} added{merged}, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.gone} gone, {report.refused} refused"
    )
    if report.nothing_changed:
        yield "the store already held all of this"
    changes = [f"{slug}: {', '.join(names)}" for slug, names in report.changes.items()]
    yield from _some("added", report.additions, report.added)
    yield from _some("changed", changes, report.changed)
    yield from _some("gone", report.departures, report.gone)
    yield from _some("refused", report.refusals, report.refused)
    if len(report.reasons) < report.refused:
        yield from _counted("refused, by reason", report.reasons)
    if report.skipped:
        yield from _counted(f"of no use here ({sum(report.skipped.values())})", report.skipped)


def _counted(title: str, counts: Counter) -> Iterator[str]:
    yield f"{title}:"
    yield from (f"  {count} × {name}" for name, count in counts.most_common(SHOWN))
    if len(counts) > SHOWN:
        yield f"  … and {len(counts) - SHOWN} more"


def _some(title: str, lines: list[str], count: int) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:SHOWN])
        if count > SHOWN:
            yield f"  … and {count - min(SHOWN, len(lines))} more"
