"""The way to the identity provider and back: open without a login."""

import logging
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from console.accounts.errors import NoAccount, SignInRefused
from console.accounts.federation import LASTS, Federation
from console.accounts.open_forms import keep
from console.accounts.pages import caller_of, desk_of
from console.accounts.provider import ProviderAway, ProviderRefused
from console.accounts.routes import let_in
from console.errors import NotFound, Problem
from console.services import Given, Services

logger = logging.getLogger(__name__)
BROWSER_COOKIE = "boussole_console_way"
router = APIRouter()


@router.get("/connexion/fournisseur")
def leave(request: Request, services: Given, suite: str = "/") -> Response:
    """Send the browser to the provider.

    By a link: the policy of our pages lets no form lead elsewhere, and nothing is changed here.
    """
    browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_urlsafe(32)
    try:
        address = _federation(services).begin(browser, suite)
    except ProviderAway as error:
        raise _away(error) from None
    answer = RedirectResponse(address, 303)
    keep(request, answer, BROWSER_COOKIE, browser, int(LASTS.total_seconds()))
    return answer


@router.get("/connexion/retour")
def come_back(
    request: Request, services: Given, state: str = "", code: str = "", iss: str = "", error: str = ""
) -> Response:
    """Let in whom the provider sends back."""
    desk, browser = desk_of(services), request.cookies.get(BROWSER_COOKIE, "")
    if error:
        logger.info("the identity provider says %s", error if error.isidentifier() else "something else")
        raise Problem(403, "provider_refused")
    try:
        came, wanted = _federation(services).finish(browser, state, code, iss, caller_of(request))
    except ProviderAway as away:
        raise _away(away) from None
    except ProviderRefused as refused:
        logger.warning("a sign-in through the identity provider is refused: %s", refused.why)
        raise Problem(403, "provider_refused") from None
    except (NoAccount, SignInRefused):
        raise Problem(403, "no_account") from None
    return let_in(request, desk, came, wanted)


def _federation(services: Services) -> Federation:
    federation = desk_of(services).federation
    if federation is None:
        raise NotFound
    return federation


def _away(error: ProviderAway) -> Problem:
    logger.error("the identity provider does not answer: %s", error)
    return Problem(503, "provider_away")
