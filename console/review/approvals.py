"""What was proposed for training, for a second person to decide on."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.review.desk import who
from console.review.services import Id, desk_of, plain, to
from console.review.turn_page import labels_of, segments
from console.services import Given
from conversations.reading_log import APPROVALS
from conversations.review_errors import AlreadyDecided, OwnProposal, UnknownCandidate
from conversations.review_views import APPROVED, PROPOSED, REFUSED

router = APIRouter()
Act = Literal["approve", "refuse", "withdraw"]
AT_ONCE = 50


@router.get("/approbations")
def page(request: Request, viewer: Signed, services: Given, fait: str = "") -> Response:
    """Show what waits, with what stands against it, and the last decisions."""
    desk = desk_of(services)
    waiting = desk.candidates.listed(PROPOSED, limit=AT_ONCE)
    standing = desk.candidates.listed(PROPOSED, APPROVED)
    rows = [(each, segments(each.reading), desk.findings_of(each, standing)) for each in waiting]
    decided = sorted(
        desk.candidates.listed(APPROVED, REFUSED), key=lambda each: each.decided_at, reverse=True
    )
    decided = decided[:AT_ONCE]
    seen = [each.conversation_id for each in waiting + decided if each.conversation_id]
    purpose = request.app.state.pages.wording.say("review", "purpose")
    desk.reads.record_list(viewer.account_id, APPROVALS, "", seen, purpose)
    return shown(
        request,
        "review/approvals.html",
        viewer,
        rows=rows,
        decided=decided,
        labels=labels_of(request),
        done=fait if fait in ("approve", "refuse", "withdraw") else "",
    )


@router.post("/approbations/{candidate_id}")
def decide(
    request: Request,
    viewer: Signed,
    services: Given,
    candidate_id: Id,
    act: Annotated[Act, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Approve or refuse what somebody else proposed, or take back what one proposed oneself."""
    candidates, me = desk_of(services).candidates, who(viewer)
    if act == "refuse" and not plain(reason):
        raise Problem(422, "refusal_without_reason")
    try:
        if act == "approve":
            candidates.approve(candidate_id, me)
        elif act == "refuse":
            candidates.refuse(candidate_id, me, plain(reason)[:1000])
        else:
            candidates.withdraw(candidate_id, me)
    except UnknownCandidate:
        raise NotFound from None
    except OwnProposal:
        raise Problem(403, "two_people") from None
    except AlreadyDecided:
        raise Problem(409, "already_decided") from None
    return to(request, f"/relecture/approbations?fait={act}")
