"""What a person should look at: conversations in the order of the queue, and the turns in them that are suspect."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, case, not_, select
from sqlalchemy.orm import Session

from conversations.digest_models import DigestRow
from conversations.digest_rules import DOUBTS
from conversations.facets import BANDS, facet, holds_all, holds_any
from conversations.models import BotMessageRow, TurnRow
from conversations.opinion_models import OpinionRow
from conversations.review_models import CandidateRow, ReviewTurnRow
from conversations.review_reading import correction_view
from conversations.review_views import HeardTurn, QueueItem, State
from conversations.views import FAILED

THUMB_DOWN, UNANSWERED, DOUBTFUL, UNSURE = "thumb_down", "failed", "doubtful", "unsure"
# Below this confidence the assistant asks back (`doubt` in config.yml); what stands above it is not suspect by itself.
_, DOUBT = BANDS["low"]
# The reasons in their order with their facets; a conversation stands under the first that it has.
RANKS = (
    (THUMB_DOWN, "thumb_down", ()),
    (DOUBTFUL, "doubtful", (DigestRow.thumb_down,)),
    (UNANSWERED, "failed", (DigestRow.thumb_down, DigestRow.doubtful)),
    (UNSURE, facet("band", "low"), (DigestRow.thumb_down, DigestRow.doubtful, DigestRow.failed)),
)

_LATEST = (DigestRow.active_at.desc(), DigestRow.conversation_id.desc())
# As whose review a conversation is: nobody's yet.
NOBODY = ""


def waiting(session: Session, state: State, assigned_to: str | None, limit: int) -> list[QueueItem]:
    """Return the suspect conversations in this state: those with a thumb down first, then not understood, not answered,
    understood with doubt; the latest first among each."""
    if assigned_to:
        return _of_reviewer(session, state, assigned_to, limit)
    nobodys = [DigestRow.reviewer_id.is_(None)] if assigned_to == NOBODY else []
    found: list[QueueItem] = []
    for why, suspect, earlier in RANKS:
        left = limit - len(found)
        if left <= 0:
            break
        wanted = select(DigestRow).where(holds_all(DigestRow.facets, [facet("review", state), suspect]))
        latest = wanted.where(*nobodys, *(not_(each) for each in earlier)).order_by(*_LATEST).limit(left)
        found += [_item(row, why) for row in session.scalars(latest)]
    return found


def _of_reviewer(session: Session, state: State, assigned_to: str, limit: int) -> list[QueueItem]:
    """Return the same of one reviewer: so few that they are found once, and sorted by their reasons."""
    mine = [facet("review", state), facet("reviewer", assigned_to)]
    suspect = holds_any(DigestRow.facets, [suspect for _, suspect, _ in RANKS])
    why = case(
        (DigestRow.thumb_down, 0),
        (DigestRow.doubtful, 1),
        (DigestRow.failed, 2),
        else_=3,
    ).label("why")
    wanted = select(DigestRow, why).where(holds_all(DigestRow.facets, mine), suspect)
    rows = session.execute(wanted.order_by(why, *_LATEST).limit(limit))
    return [_item(row, RANKS[number][0]) for row, number in rows]


def turns(session: Session, conversation_id: str) -> list[HeardTurn]:
    """Return what the owner said in a conversation, in order, with what people made of it."""
    said = select(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.position.is_not(None))
    rows = session.scalars(said.order_by(TurnRow.position)).all()
    answers = _by_turn(session, conversation_id)
    thumbs = _thumbs_down(session, conversation_id)
    corrected = _of(session, ReviewTurnRow, conversation_id)
    candidates = _of(session, CandidateRow, conversation_id)
    return [
        HeardTurn(
            id=row.id,
            conversation_id=conversation_id,
            number=number,
            position=row.position,
            text=row.text or "",
            understood=row.understood,
            answers=tuple(each.text for each in answers.get(row.id, ())),
            suspect=_suspect(row, row.id in thumbs),
            words=thumbs.get(row.id),
            correction=correction_view(corrected[row.id]) if row.id in corrected else None,
            at=row.received_at,
            candidate_state=candidates[row.id].state if row.id in candidates else None,
        )
        for number, row in enumerate(rows, start=1)
    ]


def _item(row: DigestRow, why: str) -> QueueItem:
    return QueueItem(
        conversation_id=row.conversation_id,
        why=why,
        excerpt=row.excerpt or "",
        needs=tuple(row.needs or ()),
        place=row.place,
        turns=row.turns,
        lowest_confidence=row.lowest_confidence,
        state=row.review_state,
        assigned_to=row.reviewer_id,
        active_at=row.active_at,
    )


def _by_turn(session: Session, conversation_id: str) -> dict[str, list[BotMessageRow]]:
    mine = select(BotMessageRow).where(BotMessageRow.conversation_id == conversation_id)
    found: dict[str, list[BotMessageRow]] = {}
    for row in session.scalars(mine.order_by(BotMessageRow.position)):
        found.setdefault(row.turn_id, []).append(row)
    return found


def _thumbs_down(session: Session, conversation_id: str) -> dict[str, str | None]:
    """Return the owner's words by the turn whose answer they were given to."""
    joined = and_(
        BotMessageRow.conversation_id == OpinionRow.conversation_id,
        BotMessageRow.position == OpinionRow.position,
    )
    down = select(BotMessageRow.turn_id, OpinionRow.words).join(OpinionRow, joined)
    mine = down.where(OpinionRow.conversation_id == conversation_id, OpinionRow.thumb == "down")
    return dict(session.execute(mine.order_by(OpinionRow.position)).all())


def _of(session: Session, table: Any, conversation_id: str) -> dict[str, Any]:
    wanted = select(table).where(table.conversation_id == conversation_id)
    if table is CandidateRow:
        wanted = wanted.order_by(CandidateRow.proposed_at)
    return {row.turn_id: row for row in session.scalars(wanted)}


def _suspect(row: TurnRow, thumb_down: bool) -> str:
    if thumb_down:
        return THUMB_DOWN
    understood: Mapping[str, Any] = row.understood or {}
    if DOUBTS & set(understood.get("actions") or ()):
        return DOUBTFUL
    if row.state == FAILED:
        return UNANSWERED
    confidence = (understood.get("intent") or {}).get("confidence")
    return UNSURE if isinstance(confidence, (int, float)) and confidence < DOUBT else ""
