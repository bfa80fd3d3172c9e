"""Pages under attack: markup in what owners and visitors type, paths out of their folder, SQL, hosts, ways out."""

from urllib.parse import quote

import httpx
import pytest
from bs4 import BeautifulSoup

from conversations.bootstrap import open_interests, open_record
from portal.app import create_app
from portal.site import Site
from settings import ROOT
from tests.databases import postgresql_schema
from tests.portal.shipped import shipped_directory

HTML = {"Accept": "text/html"}
SITE = {"Sec-Fetch-Site": "same-origin", **HTML}
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "{{ 7*7 }}{% raw %}",
    "]]><!--<script>",
)
SQL = (
    "' OR '1'='1",
    "1'; DROP TABLE conversations; --",
    "\\' UNION SELECT * FROM conversations --",
    "%' OR 1=1 --",
    "_%_%",
    "Robert'); DELETE FROM bodies; --",
    "\x00",
    "1; SELECT pg_sleep(9)",
)
PUBLIC = ("/", "/annuaire", "/annuaire/cci-29", "/robots.txt", "/sitemap.xml", "/developpeurs", "/widget.js")
OUT = (
    "../../settings/__init__.py",
    "..%2f..%2fsettings%2f__init__.py",
    "%2e%2e/%2e%2e/pyproject.toml",
    "....//....//pyproject.toml",
    "..%5c..%5cpyproject.toml",
    "%252e%252e%252fpyproject.toml",
    "%2fetc%2fpasswd",
    "base.css%00.py",
    "//etc/passwd",
    "js/../../wording.yml",
    "js%2f..%2f..%2fwording.yml",
)


@pytest.fixture
def bench(bench):
    bench.directory = shipped_directory()
    return bench


def raw(path):
    """Return the address with its path as it is: the client would tidy it up."""
    return httpx.URL("http://portail.test").copy_with(raw_path=path.encode())


def active(page):
    """Return what runs or loads in a page, as a parser sees it."""
    found = []
    for element in BeautifulSoup(page, "html.parser").find_all(True):
        if element.name in ("script", "img", "svg", "iframe", "object", "base"):
            found.append((element.name, element.get("src"), element.get("type")))
        found += [(name, str(value)) for name, value in element.attrs.items() if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if str(element.get(name, "")).strip().lower().startswith(("javascript:", "data:")):
                found.append((name, element[name]))
    return found


@pytest.mark.parametrize("text", MARKUP)
async def test_what_owners_type_is_never_markup(client, text):
    clean = active((await client.get("/conversation", headers=HTML)).text)
    await client.post("/conversation/messages", data={"text": text}, headers=SITE)
    page = (await client.get("/conversation", headers=HTML)).text
    assert (
        BeautifulSoup(page, "html.parser").get_text().count(text) >= 2
    )  # as it was typed, and in the answer
    assert active(page) == clean


@pytest.mark.parametrize("text", MARKUP)
@pytest.mark.parametrize("path", ["/annuaire", "/aides", "/carte"])
async def test_what_visitors_search_is_never_markup(client, path, text):
    clean = active((await client.get(path, headers=HTML)).text)
    for name in ("lieu", "metier", "besoin", "zone", "page", "terminees"):
        answer = await client.get(path, params={name: text}, headers=HTML)
        assert answer.status_code == 200
        assert active(answer.text) == clean, name


@pytest.mark.parametrize("text", MARKUP)
async def test_an_error_page_repeats_no_markup(client, text):
    for path in (f"/annuaire/{text}", f"/aides/{text}", f"/{text}", f"/partage/retrait/{text}"):
        answer = await client.get(path, headers=HTML)
        assert "alert(1)" not in answer.text


async def test_markup_in_json_stays_json(client, bearer):
    answer = await client.post(
        "/api/conversations/current/messages", json={"text": MARKUP[0], "message_id": "m1"}, headers=bearer
    )
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("text", SQL)
async def test_a_search_is_no_query(client, text):
    everything = (await client.get("/annuaire", headers=HTML)).text
    for name in ("lieu", "metier", "besoin", "zone", "page"):
        for path in ("/annuaire", "/aides", "/carte"):
            assert (await client.get(path, params={name: text}, headers=HTML)).status_code == 200
    for path in ("annuaire", "aides"):
        answer = await client.get(raw(f"/{path}/{quote(text, safe='')}"), headers=HTML)
        assert answer.status_code == 404
    assert (await client.get("/annuaire", headers=HTML)).text == everything


def test_an_id_from_an_e_mail_is_no_query():
    with postgresql_schema("abuse") as url:
        record = open_record(url)
        interests = open_interests(record)
        for text in (*SQL, "x" * 5000, "é" * 32):
            assert interests.withdraw_named(text) is False
        record.dispose()


@pytest.mark.parametrize("way", OUT)
@pytest.mark.parametrize("folder", ["static", "static/0123456789ab", "annuaire", "aides"])
async def test_no_way_leads_out_of_a_folder(client, folder, way):
    answer = await client.get(raw(f"/{folder}/{way}"))
    secrets = [
        (ROOT / name).read_text(encoding="utf-8")[:200]
        for name in ("pyproject.toml", "settings/__init__.py", "portal/wording.yml")
    ]
    assert answer.status_code in (400, 404)
    assert not any(secret in answer.text for secret in secrets)
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "host", ["attaque.example", "attaque.example:80@portail.test", "portail.test.attaque.example"]
)
async def test_another_host_is_named_nowhere_where_the_address_is_set(bench, host):
    bench.site = Site(address="https://boussole.example.org")
    transport = httpx.ASGITransport(create_app(bench.services()))
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as client:
        for path in (
            "/",
            "/annuaire",
            "/annuaire/cci-29",
            "/robots.txt",
            "/sitemap.xml",
            "/developpeurs",
            "/widget.js",
        ):
            answer = await client.get(path, headers={"Host": host, **HTML})
            assert "attaque" not in answer.text + str(answer.headers), path


@pytest.mark.parametrize("host", ['x"><script>alert(1)</script>', "x' onload=alert(1) '"])
async def test_a_host_is_never_markup(client, host):
    for path in ("/", "/annuaire", "/annuaire/cci-29", "/developpeurs"):
        clean = active((await client.get(path, headers=HTML)).text)
        answer = await client.get(path, headers={"Host": host, **HTML})
        assert active(answer.text) == clean
    assert "<script>" not in (await client.get("/sitemap.xml", headers={"Host": host})).text


@pytest.mark.parametrize(
    "path",
    [
        "//attaque.example/",
        "//attaque.example/annuaire/",
        "/\\attaque.example",
        "/annuaire/?next=https://attaque.example",
        "/conversation/?url=//attaque.example",
        "/conversation/ouvrir?next=//attaque.example",
    ],
)
async def test_nothing_leads_to_another_site(client, path):
    for method in ("GET", "POST"):
        answer = await client.request(method, raw(path), headers=SITE)
        target = answer.headers.get("location", "")
        assert "attaque" not in httpx.URL(target).host if target else True


async def test_forms_lead_back_to_our_own_pages(client):
    data = {"text": "bonjour", "next": "https://attaque.example", "redirect": "//attaque.example"}
    answer = await client.post(
        "/conversation/messages", data=data, headers={**SITE, "Referer": "https://attaque.example"}
    )
    assert answer.headers["location"] == "/conversation#fin"


async def test_no_other_site_may_frame_a_page(client):
    for path in ("/", "/annuaire", "/conversation", "/conversation/effacer", "/developpeurs"):
        headers = (await client.get(path, headers=HTML)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
