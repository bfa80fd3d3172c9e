"""Open data imported from the console: first everything is done, told and taken back; then it is done.

What was sent is kept in a folder until it was imported, under a name that its content gives.
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from console.access import Signed
from console.pages import shown
from console.records.book import RecordBook, book_of, told
from console.records.routes import Typed
from console.services import Given
from knowledge.importing import fetching, pipeline
from knowledge.importing.records import Context
from knowledge.importing.report import Report
from knowledge.importing.sources import importable, known_sources, reader_of, source_of
from knowledge.importing.streams import Unreadable

PATH = "/fiches/importer"
LARGEST = 200 * 1024 * 1024  # bytes of a file that is sent; what is larger is for the command
_KEPT = re.compile(r"[0-9a-f]{64}")
router = APIRouter()


class Refused(ValueError):
    """The form cannot be taken; the text is a key of `record_imports.refused`."""


@router.get("")
def form(request: Request, viewer: Signed, services: Given) -> Response:
    """Ask for a file or its address."""
    book_of(services)
    return _page(request, viewer, {})


@router.post("")
def run(request: Request, viewer: Signed, services: Given, sent: Typed) -> Response:
    """Try an import and show what it would do, or do one that was tried."""
    book, typed = book_of(services), {name: str(sent.get(name) or "") for name in _TYPED}
    try:
        if typed["source"] not in importable():
            raise Refused("source")
        day = _day(typed["file_date"])
        kept = _kept(book, sent, typed)
        report = _imported(book, kept, typed, day)
    except Refused as error:
        return _page(request, viewer, typed, refused=str(error), status=422)
    except (Unreadable, pipeline.NothingRead, OSError) as error:
        return _page(request, viewer, typed, wrong=str(error), status=422)
    if not report.dry_run:
        kept.unlink(missing_ok=True)
        return _done(request, report)
    return _page(request, viewer, typed | {"kept": kept.name}, report=report)


_TYPED = ("source", "address", "file_date", "extent", "kept", "name", "act")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("file_date") from error


def _kept(book: RecordBook, sent: FormData, typed: dict[str, str]) -> Path:
    """Return the file to import: one that was tried before, one that was sent, or one that is fetched."""
    if typed["kept"]:
        path = book.imports / typed["kept"]
        if not _KEPT.fullmatch(typed["kept"]) or not path.is_file():
            raise Refused("gone")
        return path
    upload = sent.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        typed["name"] = Path(upload.filename).name
        return _keep(book, upload.file)
    if not typed["address"].startswith("https://"):
        raise Refused("nothing")
    typed["name"] = typed["address"]
    fetched = fetching.download(typed["address"], book.imports, book.web, LARGEST)
    with fetched.open("rb") as file:
        path = _keep(book, file)
    for each in (fetched, fetched.with_suffix(".json")):
        each.unlink(missing_ok=True)
    return path


def _keep(book: RecordBook, file) -> Path:
    book.imports.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    file.seek(0)
    path = book.imports / digest.hexdigest()
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    return path


def _imported(book: RecordBook, path: Path, typed: dict[str, str], day: date) -> Report:
    source = source_of(typed["source"])
    context = Context(source, book.territories, book.today(), day, address=typed["address"] or None)
    complete = {"whole": True, "part": False}.get(typed["extent"])
    with told(), _opened(path, book) as fetched:
        return pipeline.run(
            book.engine,
            reader_of(source)(fetched.stream, context),
            context,
            file_name=typed["name"] or path.name,
            digest=fetched.digest,
            complete=complete,
            dry_run=typed["act"] != "importer" or not typed["kept"],
        )


@contextmanager
def _opened(path: Path, book: RecordBook) -> Iterator[fetching.Fetched]:
    with fetching.opened(str(path), book.imports) as fetched:
        yield fetched


def _done(request: Request, report: Report) -> RedirectResponse:
    root = request.scope.get("root_path", "")
    counts = "&".join(f"{name}={getattr(report, name)}" for name in ("added", "changed", "gone", "refused"))
    return RedirectResponse(f"{root}{PATH}?{counts}", 303)


def _page(
    request: Request,
    viewer: Signed,
    typed: dict[str, str],
    report: Report | None = None,
    refused: str | None = None,
    wrong: str | None = None,
    status: int = 200,
) -> Response:
    done = {name: value for name, value in request.query_params.items() if value.isdigit()}
    return shown(
        request,
        "records/import.html",
        viewer,
        status,
        sources=[known_sources()[code] for code in importable()],
        typed={name: typed.get(name, "") for name in _TYPED},
        report=report,
        refused=refused,
        wrong=wrong,
        done=done if request.method == "GET" else {},
    )
