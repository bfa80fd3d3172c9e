"""The page's own files, under an address that changes with their content so that browsers may keep them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """Serves `folder` under `/<digest>/…`, with `headers` on every answer.

    One digest stands for the whole folder: the scripts import each other by relative address, which must stay
    true. A file asked for under an older digest is served too, uncached, for a page that was loaded before an
    update.
    """

    def __init__(self, folder: Path, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(directory=folder)
        self._headers = dict(headers or {})
        self.digest = folder_digest(folder)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file without the digest that stands before its path."""
        digest, _, name = path.partition("/")
        if not name:
            raise HTTPException(404)
        response = await super().get_response(name, scope)
        response.headers.update(self._headers)
        response.headers["Cache-Control"] = FOREVER if digest == self.digest else "no-cache"
        return response


def folder_digest(folder: Path) -> str:
    """Return 12 hexadecimal digits of the SHA-256 over names and contents of all files of `folder`."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
