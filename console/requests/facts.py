"""What a viewer may do with a request as it stands."""

from dataclasses import dataclass

from console.viewers import Viewer
from conversations.handling_views import Case
from conversations.request_views import CLOSED, NEW, TAKEN


@dataclass(frozen=True)
class Acts:
    """Each tells whether a form for it is shown; the record itself decides once more."""

    claim: bool
    instead: bool
    reply: bool
    close: bool
    reopen: bool
    release: bool
    hand_on: bool
    holds: bool


def acts_of(viewer: Viewer, case: Case) -> Acts:
    """Return what the viewer may do: who has taken it everything, a colleague takes it first."""
    status, holder = case.request.status, case.holder
    holds = holder is not None and holder.account_id == viewer.account_id
    colleague = holder is not None and (
        viewer.within is None or (holder.body_id is not None and holder.body_id in viewer.scope.bodies)
    )
    return Acts(
        claim=case.covered and status == NEW and holder is None,
        instead=status == TAKEN and colleague and not holds,
        reply=holds and status == TAKEN,
        close=holds and status == TAKEN,
        reopen=(holds or colleague) and status in CLOSED,
        release=(holds or colleague) and status == TAKEN,
        hand_on=case.covered and status in (NEW, TAKEN) and (holder is None or holds or colleague),
        holds=holds,
    )
