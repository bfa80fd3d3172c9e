"""The answers of a conversation to print or to keep: a page without scripts, and its dates for a calendar."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from conversations.answers import Answer, answers_of
from conversations.errors import UnknownConversation
from portal.dates import calendar, dates_to_come
from portal.identity import Token, token_of
from portal.problems import Problem
from portal.services import Given, Services

router = APIRouter(prefix="/conversation")


@router.get("/imprimer", response_class=HTMLResponse)
async def page(request: Request, given: Given) -> Response:
    """Show the answers; without a conversation the page says so."""
    try:
        answers = await _answers(given, await token_of(request))
    except (Problem, UnknownConversation):
        answers = []
    today = given.today()
    dates = dates_to_come(answers, today, given.wording)
    text = request.app.state.pages.printed(answers, dates, today)
    return HTMLResponse(text, 200 if answers else 404)


@router.get("/agenda.ics")
async def dates(token: Token, given: Given) -> Response:
    """Give the dates to come as a calendar file; 404 where none was told."""
    found = dates_to_come(await _answers(given, token), given.today(), given.wording)
    if not found:
        raise Problem(404, "no_dates")
    named = {"Content-Disposition": 'attachment; filename="dates-boussole-pme.ics"'}
    return Response(calendar(found, given.wording), media_type="text/calendar", headers=named)


async def _answers(given: Services, token: str) -> list[Answer]:
    return answers_of(await given.desk.messages(token))
