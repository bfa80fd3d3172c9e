"""Trainings, comparisons and decisions on models."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from console.access import Signed, only
from console.errors import NotFound
from console.models.desk import ModelDesk, NotPossible
from console.pages import shown
from console.review.desk import who
from console.review.labels import Labels
from console.review.services import Id, plain
from console.services import Given, Services
from console.viewers import Role, Viewer
from conversations.model_run_views import DONE, PROMOTED, ROLLED_BACK, Run
from conversations.model_runs import RunUnderWay, UnknownRun

router = APIRouter()
DECIDING = [Depends(only(Role.ADMINISTRATOR))]
# Figures where less is better.
FEWER = frozenset({"false_second", "act_false_need", "confident_wrong", "ece"})


def desk_of(services: Services) -> ModelDesk:
    """Return the models; without them there is no page."""
    if services.models is None:
        raise NotFound
    return services.models


@router.get("")
def page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show which model answers, the trainings and the decisions."""
    return _page(request, viewer, desk_of(services))


@router.post("")
def ask(request: Request, viewer: Signed, services: Given, why: Annotated[str, Form()] = "") -> Response:
    """Start a training with what is approved."""
    desk = desk_of(services)
    try:
        run = desk.ask(plain(why)[:1000], who(viewer))
    except NotPossible as error:
        return _page(request, viewer, desk, str(error), why)
    except RunUnderWay:
        return _page(request, viewer, desk, "under_way", why)
    return _to(request, f"/modeles/{run.id}")


@router.post("/retour", dependencies=DECIDING)
def roll_back(
    request: Request,
    viewer: Signed,
    services: Given,
    model: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Let an earlier model answer again."""
    desk = desk_of(services)
    try:
        desk.roll_back(model, plain(reason)[:1000], who(viewer))
    except NotPossible as error:
        return _page(request, viewer, desk, str(error))
    return _to(request, "/modeles")


@router.get("/{run_id}")
def run_page(request: Request, viewer: Signed, services: Given, run_id: Id) -> Response:
    """Show a training: how far it is, then both models side by side."""
    desk = desk_of(services)
    return _run_page(request, viewer, desk, _run(desk, run_id))


@router.get("/{run_id}/etat")
def state(request: Request, viewer: Signed, services: Given, run_id: Id) -> Response:
    """Show how far a training is, as a piece of its page."""
    desk = desk_of(services)
    desk.runs.expire()
    return shown(request, "models/state.html", viewer, run=_run(desk, run_id))


@router.post("/{run_id}/decision", dependencies=DECIDING)
def decide(
    request: Request,
    viewer: Signed,
    services: Given,
    run_id: Id,
    promote: Annotated[bool, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Promote the candidate of a training, or not."""
    desk = desk_of(services)
    run = _run(desk, run_id)
    try:
        (desk.promote if promote else desk.reject)(run_id, plain(reason)[:1000], who(viewer))
    except NotPossible as error:
        return _run_page(request, viewer, desk, run, str(error), reason)
    return _to(request, f"/modeles/{run_id}")


def _page(request: Request, viewer: Viewer, desk: ModelDesk, wrong: str = "", why: str = "") -> Response:
    desk.runs.expire()
    decisions = desk.decisions.listed()
    changed = next(
        (each for each in decisions if each.outcome == "done" and each.kind in (PROMOTED, ROLLED_BACK)), None
    )
    runs = desk.runs.listed()
    return shown(
        request,
        "models/models.html",
        viewer,
        422 if wrong else 200,
        present=desk.present(),
        stale=desk.stale(),
        taught=desk.taught_already(),
        changed=changed,
        runs=runs,
        busy=any(not each.ended for each in runs),
        preview=desk.to_teach(),
        decisions=decisions,
        earlier=desk.earlier(),
        decides=viewer.role is Role.ADMINISTRATOR,
        wrong=wrong,
        why=why,
    )


def _run_page(
    request: Request, viewer: Viewer, desk: ModelDesk, run: Run, wrong: str = "", reason: str = ""
) -> Response:
    wording = request.app.state.pages.wording
    decided = [each for each in desk.decisions.listed(limit=200) if each.run_id == run.id]
    return shown(
        request,
        "models/run.html",
        viewer,
        422 if wrong else 200,
        run=run,
        report=run.report if run.state == DONE else None,
        fewer=FEWER,
        decided=decided,
        decides=viewer.role is Role.ADMINISTRATOR,
        loaded=desk.engine.loaded(),
        stale=run.export_id in desk.stale(),
        labels=Labels(wording.names("needs"), wording.names("acts")),
        wrong=wrong,
        reason=reason,
    )


def _run(desk: ModelDesk, run_id: str) -> Run:
    try:
        return desk.runs.by_id(run_id)
    except UnknownRun:
        raise NotFound from None


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
