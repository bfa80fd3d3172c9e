"""Approved messages as training files, with what they change."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown
from console.review.desk import who
from console.review.services import desk_of
from console.review.turn_page import labels_of
from console.services import Given
from conversations.review_exports import FILES
from conversations.review_files import preview
from conversations.review_views import APPROVED

router = APIRouter()
# The moment inside the archive: the same messages make the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


@router.get("/export")
def page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show what the files would hold and change."""
    desk = desk_of(services)
    approved = desk.candidates.listed(APPROVED)
    found = preview([each.reading for each in approved], desk.checks.known.lines())
    return shown(
        request,
        "review/export.html",
        viewer,
        approved=len(approved),
        preview=found,
        exports=desk.exports.listed(),
        stale=desk.exports.stale(),
        labels=labels_of(request),
    )


@router.post("/export")
def download(viewer: Signed, services: Given) -> Response:
    """Give the files as an archive, and write down that they left."""
    desk = desk_of(services)
    _, approved = desk.exports.make(FILES, who(viewer))
    made = preview([each.reading for each in approved], desk.checks.known.lines()).files
    content = archive(made)
    name = f"owners-{hashlib.sha256(content).hexdigest()[:8]}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


def archive(files: Mapping[str, str]) -> bytes:
    """Return the files as a ZIP archive, below data/nlu; the same files make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in sorted(files.items()):
            pack.writestr(zipfile.ZipInfo(f"data/nlu/{name}", EPOCH), text.encode("utf-8"))
    return target.getvalue()
