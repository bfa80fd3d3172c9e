import re

import pytest
from fastapi.routing import APIRoute

from console.app import OPEN, create_console
from console.viewers import Role
from console.wording import load_wording


def routes(app):
    """Every address of the console with a method, its parameters filled with something."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            for method in sorted(route.methods):
                yield route, method, re.sub(r"\{[^}]+\}", "1", route.path)


async def test_no_page_answers_without_a_login_but_those_that_sign_in(services, visitor):
    client = visitor()
    opened = {route.path for router in OPEN for route in router.routes}
    walked = 0
    for route, method, path in routes(create_console(services)):
        if route.path in opened:
            continue
        answer = await client.request(method, path)
        assert answer.status_code in (303, 401), f"{method} {path} answers {answer.status_code}"
        assert answer.status_code == 401 or "/connexion" in answer.headers["location"]
        walked += 1
    assert walked


@pytest.mark.parametrize("token", ["", "wrong", "csrf-advisor"])
async def test_nothing_is_changed_by_a_form_without_the_token_of_its_session(services, visitor, token):
    client = visitor(Role.ADMINISTRATOR)
    client.headers["X-CSRF-Token"] = token
    for _, method, path in routes(create_console(services)):
        if method not in ("GET", "HEAD"):
            answer = await client.request(method, path)
            assert answer.status_code in (403, 405), f"{method} {path} answers {answer.status_code}"


async def test_every_page_is_kept_nowhere_and_framed_by_nobody(visitor):
    answer = await visitor(Role.ADVISOR).get("/")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "Dominique Advisor" in answer.text


@pytest.mark.parametrize("path", ["/demandes/%00", "/%0A", "/static/a%1Fb", "/connexion%7F"])
async def test_an_address_with_control_characters_is_no_page(visitor, path):
    answer = await visitor(Role.ADMINISTRATOR).get(path)
    assert (answer.status_code, answer.text) == (404, load_wording().problem("not_found")[1])
    assert "content-security-policy" in answer.headers
