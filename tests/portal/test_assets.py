import pytest

from edge.assets import FOREVER, folder_digest
from portal import page

MADE = page.made_files()
DIGEST = folder_digest(page.STATIC, MADE)


async def test_a_file_under_its_own_digest_may_be_kept(client):
    answer = await client.get(f"/static/{DIGEST}/js/main.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, FOREVER)
    assert answer.text == (page.STATIC / "js" / "main.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "media"), [("home.js", "text/javascript"), ("home.css", "text/css")])
async def test_what_the_server_made_is_a_file_like_the_others(client, name, media):
    answer = await client.get(f"/static/{DIGEST}/{name}")
    assert (answer.text, answer.headers["cache-control"]) == (MADE[name], FOREVER)
    assert answer.headers["content-type"].split(";")[0] in (media, "application/javascript")
    assert (await client.post(f"/static/{DIGEST}/{name}")).status_code == 405


def test_what_the_server_makes_otherwise_changes_the_address():
    assert folder_digest(page.STATIC, MADE | {"home.js": "x"}) != DIGEST


async def test_a_file_of_an_older_page_is_served_but_not_kept(client):
    answer = await client.get("/static/000000000000/js/main.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


async def test_a_file_that_is_known_already_is_not_sent_again(client):
    address = f"/static/{DIGEST}/base.css"
    first = await client.get(address)
    again = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", FOREVER)


@pytest.mark.parametrize(
    "path", ["/static", "/static/", f"/static/{DIGEST}", f"/static/{DIGEST}/", "/static/base.css"]
)
async def test_without_a_digest_and_a_name_there_is_nothing(client, path):
    assert (await client.get(path, follow_redirects=True)).status_code == 404


@pytest.mark.parametrize("path", ["/static/x/../app.py", "/static/x/%2e%2e/app.py", "/static/x//etc/passwd"])
async def test_only_the_page_s_own_files_are_served(client, path):
    assert (await client.get(path)).status_code == 404


def test_a_change_of_any_file_changes_the_address(tmp_path):
    (tmp_path / "a.css").write_text("a")
    before = folder_digest(tmp_path)
    (tmp_path / "a.css").write_text("b")
    assert folder_digest(tmp_path) != before


def test_a_file_that_moves_changes_the_address_too(tmp_path):
    (tmp_path / "a.css").write_text("a")
    before = folder_digest(tmp_path)
    (tmp_path / "js").mkdir()
    (tmp_path / "a.css").rename(tmp_path / "js" / "a.css")
    assert folder_digest(tmp_path) != before
