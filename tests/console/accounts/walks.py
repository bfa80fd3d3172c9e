"""What somebody does in the console, over HTTP, as a browser would."""

import html
import re
from datetime import datetime

import httpx
import pyotp

from console.access import COOKIE
from tests.console.accounts.conftest import PASSWORD

EMAIL = "anne@example.org"
CODE_PAGE = "/connexion/second-facteur"


def hidden(answer: httpx.Response, name: str = "csrf") -> str:
    """Return what a hidden field of the first form holds."""
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', answer.text)[1])


async def post(client: httpx.AsyncClient, page: str, path: str | None = None, **fields) -> httpx.Response:
    """Send a form of `page` to `path`, with the token that the page holds."""
    form = await client.get(page)
    return await client.post(path or page, data={"csrf": hidden(form)} | fields)


async def sign_in(client: httpx.AsyncClient, email=EMAIL, password=PASSWORD, **fields) -> httpx.Response:
    """Send the form of the first page."""
    return await post(client, "/connexion", email=email, password=password, **fields)


def key_of(answer: httpx.Response) -> str:
    """Return the secret that a page shows for typing."""
    return re.search(r'<code class="key">([A-Z2-7 ]+)</code>', answer.text)[1].replace(" ", "")


def code_at(key: str, moment: datetime) -> str:
    """Return what an authenticator shows at a moment."""
    return pyotp.TOTP(key).at(moment)


async def set_up(client: httpx.AsyncClient, moment: datetime, **fields) -> tuple[str, list[str]]:
    """Set a second factor up after the password; return its secret and the recovery codes."""
    page = await client.get(CODE_PAGE)
    key = key_of(page)
    done = await client.post(CODE_PAGE, data={"csrf": hidden(page), "code": code_at(key, moment)} | fields)
    assert done.status_code == 200, done.text
    assert client.cookies.get(COOKIE)
    return key, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", done.text)
