"""Files and addresses: packed, broken, too long, broken off and taken up again."""

import gzip
import hashlib
import zipfile

import httpx
import pytest

from knowledge.importing.fetching import NotFetched, opened

RAW = b'{"service": []}' * 1000
ADDRESS = "https://data.example/dump.json"


def read(location, folder, **options):
    with opened(str(location), folder, **options) as fetched:
        return fetched.stream.read(), fetched


def test_a_path_is_read_counted_and_hashed(tmp_path):
    path = tmp_path / "dump.json"
    path.write_bytes(RAW)
    told = []
    raw, fetched = read(path, tmp_path, tell=told.append)
    assert (raw, sum(told), fetched.size, fetched.name) == (RAW, len(RAW), len(RAW), "dump.json")
    assert fetched.digest() == hashlib.sha256(RAW).hexdigest()


def test_gzip_and_zip_are_unpacked(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(RAW))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("lisezmoi.txt", "x")
        archive.writestr("dump.json", RAW)
    assert read(tmp_path / "a.gz", tmp_path)[0] == RAW
    assert read(tmp_path / "a.zip", tmp_path)[0] == RAW


def test_what_is_missing_broken_or_too_long_is_said(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(RAW)[:-20])
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "long").write_bytes(RAW)
    for name, words in (("none", "cannot be read"), ("a.gz", "broken"), ("a.zip", "zip file")):
        with pytest.raises(NotFetched, match=words):
            read(tmp_path / name, tmp_path)
    with pytest.raises(NotFetched, match="longer than 10 bytes"):
        read(tmp_path / "long", tmp_path, size_max=10)


class Server:
    """A server of one file, whose first answer breaks off; it notes what was asked."""

    def __init__(self, versions=('"v1"', '"v1"')):
        self.asked, self.versions = [], list(versions)

    def __call__(self, request):
        start = request.headers.get("range", "")
        self.asked.append(start)
        version = self.versions.pop(0)
        if start and request.headers.get("if-range") == version:
            rest = RAW[int(start[6:-1]) :]
            return httpx.Response(206 if rest else 416, content=rest, headers={"etag": version})
        body = self.broken() if len(self.asked) == 1 else RAW
        return httpx.Response(200, content=body, headers={"etag": version})

    @staticmethod
    def broken():
        yield RAW[:5000]
        raise httpx.ReadError("connection lost")


@pytest.mark.parametrize("second", ['"v1"', '"v2"'])
def test_a_download_goes_on_where_it_broke_off_if_the_file_is_the_same(tmp_path, second):
    server = Server(('"v1"', second))
    options = {"transport": httpx.MockTransport(server)}
    with pytest.raises(NotFetched, match="connection lost"):
        read(ADDRESS, tmp_path, **options)
    kept = next(tmp_path.glob("*.part")).stat().st_size
    assert read(ADDRESS, tmp_path, **options)[0] == RAW
    assert server.asked == ["", f"bytes={kept}-"]
    assert list(tmp_path.iterdir()) == []


def test_an_import_that_fails_keeps_the_download(tmp_path):
    server = httpx.MockTransport(lambda request: httpx.Response(200, content=RAW, headers={"etag": '"v1"'}))
    with pytest.raises(RuntimeError), opened(ADDRESS, tmp_path, transport=server):
        raise RuntimeError
    assert next(tmp_path.glob("*.part")).read_bytes() == RAW


def test_a_refusal_of_the_server_is_said(tmp_path):
    transport = httpx.MockTransport(lambda request: httpx.Response(404))
    with pytest.raises(NotFetched, match="404"):
        read(ADDRESS, tmp_path, transport=transport)
