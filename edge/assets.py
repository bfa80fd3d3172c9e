"""The page's own files, under an address that changes with their content so that browsers may keep them."""

import hashlib
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """Serves `folder` under `/<digest>/…`, with `headers` on every answer; `made` are texts by name that were made from
    its files.

    One digest stands for the whole folder: the scripts import each other by relative address, which must stay
    true. A file asked for under an older digest is served too, uncached, for a page that was loaded before an
    update.
    """

    def __init__(
        self,
        folder: Path,
        headers: Mapping[str, str] | None = None,
        made: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(directory=folder)
        self._headers = dict(headers or {})
        self._made = dict(made or {})
        self.digest = folder_digest(folder, self._made)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file without the digest that stands before its path."""
        digest, _, name = path.partition("/")
        if not name:
            raise HTTPException(404)
        made = self._made.get(name)
        if made is None or scope["method"] not in ("GET", "HEAD"):
            response = await super().get_response(name, scope)
        else:
            response = Response(made, media_type=guess_type(name)[0])
        response.headers.update(self._headers)
        response.headers["Cache-Control"] = FOREVER if digest == self.digest else "no-cache"
        return response


def folder_digest(folder: Path, made: Mapping[str, str] | None = None) -> str:
    """Return 12 hexadecimal digits of the SHA-256 over names and contents of all files of `folder`, and of `made`."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    for name, text in sorted((made or {}).items()):
        digest.update(name.encode() + text.encode())
    return digest.hexdigest()[:12]
