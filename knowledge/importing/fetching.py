"""A file or a web address opened as a stream of bytes: counted, hashed, unpacked, downloads taken up again."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

SIZE_MAX = 4_000_000_000  # bytes: ten times the largest dump known; what is longer is not one of these files
UNPACKED_MAX = 8_000_000_000  # bytes that a packed file may become
TIMEOUT = 30.0  # seconds without a byte
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


class NotFetched(OSError):
    """The file cannot be had; the message says why, for operators."""


@dataclass
class Fetched:
    """An open file: what it is called, how long the packed file is in bytes, and its digest once read."""

    stream: BinaryIO
    name: str
    size: int
    digest: Callable[[], str]


class _Counted(io.RawIOBase):
    """A stream that hashes and tells what is read of it; it cannot be rewound once it was read."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int], None]):
        self._stream, self._tell, self._hash = stream, tell, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self._stream.read(len(buffer))
        self._hash.update(piece)
        self._tell(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)

    def digest(self) -> str:
        return self._hash.hexdigest()


class _Limited(io.RawIOBase):
    """A stream that ends with an error when it holds more than an unpacked file may."""

    def __init__(self, stream: BinaryIO, limit: int):
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            piece = self._stream.read(len(buffer))
        except (EOFError, OSError, zipfile.BadZipFile) as error:
            raise NotFetched(f"the packed file is broken: {error}") from error
        self._left -= len(piece)
        if self._left < 0:
            raise NotFetched("the unpacked file is too long")
        buffer[: len(piece)] = piece
        return len(piece)


def _silent(_bytes: int) -> None:
    """Tell nobody."""


@contextmanager
def opened(
    location: str,
    folder: Path,
    *,
    tell: Callable[[int], None] = _silent,
    transport: httpx.BaseTransport | None = None,
    size_max: int = SIZE_MAX,
) -> Iterator[Fetched]:
    """Open a path or an http(s) address; gzip and zip are unpacked while they are read.

    A download goes to `folder` and is taken up where it broke off; it is deleted once the block ends without
    an error. `tell` hears how many bytes were read. Raises `NotFetched`.
    """
    remote = location.lower().startswith(("http://", "https://"))
    path = download(location, folder, transport, size_max) if remote else Path(location)
    try:
        size = path.stat().st_size
        raw = path.open("rb")
    except OSError as error:
        raise NotFetched(f"{location} cannot be read: {error.strerror}") from error
    if size > size_max:
        raw.close()
        raise NotFetched(f"{location} is longer than {size_max:,} bytes")
    with raw:
        counted = _Counted(raw, tell)
        yield Fetched(_unpacked(raw, counted), location.rpartition("/")[2] or location, size, counted.digest)
    if remote:
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)


def _unpacked(raw: BinaryIO, counted: _Counted) -> BinaryIO:
    head = raw.read(4)
    raw.seek(0)
    if head.startswith(_GZIP):
        packed = gzip.GzipFile(fileobj=io.BufferedReader(counted))
        return io.BufferedReader(_Limited(packed, UNPACKED_MAX))
    if head.startswith(_ZIP):
        return io.BufferedReader(_Limited(_largest_member(raw), UNPACKED_MAX))
    return io.BufferedReader(counted)


def _largest_member(raw: BinaryIO) -> BinaryIO:
    try:
        archive = zipfile.ZipFile(raw)
        largest = max(archive.infolist(), key=lambda member: member.file_size)
        return archive.open(largest)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError) as error:
        raise NotFetched(f"the zip file cannot be read: {error}") from error


def download(
    address: str, folder: Path, transport: httpx.BaseTransport | None = None, size_max: int = SIZE_MAX
) -> Path:
    """Return the file at `address`, downloaded to `folder`, going on where an earlier try stopped.

    What was there is kept only while the server says that its file is the same. Raises `NotFetched`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.part"
    try:
        with httpx.Client(transport=transport, timeout=TIMEOUT, follow_redirects=True) as client:
            _resume(client, address, part, size_max)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kept = part.stat().st_size if part.exists() else 0
        later = f"; {kept:,} bytes are kept: the same command goes on from there" if kept else ""
        raise NotFetched(f"{address}: {error or type(error).__name__}{later}") from error
    return part


def _resume(client: httpx.Client, address: str, part: Path, size_max: int) -> None:
    known, version = part.with_suffix(".json"), None
    have = part.stat().st_size if part.exists() else 0
    if have and known.exists():
        version = json.loads(known.read_text(encoding="utf-8"))["version"]
    wanted = {"Range": f"bytes={have}-", "If-Range": version} if version else {}
    with client.stream("GET", address, headers={**wanted, "Accept-Encoding": "identity"}) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and version:
            return  # all of it is here already
        answer.raise_for_status()
        again = answer.status_code == httpx.codes.PARTIAL_CONTENT
        version = answer.headers.get("etag") or answer.headers.get("last-modified")
        known.write_text(json.dumps({"version": version}), encoding="utf-8")
        _write(answer, part, "ab" if again else "wb", size_max)


def _write(answer: httpx.Response, part: Path, mode: str, size_max: int) -> None:
    with part.open(mode) as file:
        for piece in answer.iter_bytes():  # as they come: what arrived before a break is kept
            file.write(piece)
            if file.tell() > size_max:
                raise NotFetched(f"the file is longer than {size_max:,} bytes")
