"""What a digest takes from each turn, opinion and request, within the transaction that changes the conversation."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import exists, insert, literal, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from conversations.areas import area_of
from conversations.digest_models import (
    ConversationBodyRow,
    ConversationModelRow,
    ConversationNeedRow,
    DigestRow,
)
from conversations.models import ConversationRow, TurnRow
from conversations.opinion_models import OpinionRow
from conversations.request_models import RequestRow
from conversations.statistics import signs
from conversations.views import FAILED, Conversation

# Actions by which the assistant says that it did not understand: it offers what may have been meant.
DOUBTS = frozenset({"action_offer_choices", "action_default_fallback"})
MOST_EXCERPT = 200
Understood = Mapping[str, Any]


def begin(session: Session, owner: ConversationRow) -> DigestRow:
    """Add the digest of a conversation in which nothing was said yet; return it."""
    area = area_of(owner.territory)
    row = DigestRow(
        conversation_id=owner.id,
        begun_at=owner.created_at,
        active_at=owner.created_at,
        channel=owner.channel,
        departement=area.departement,
        region=area.region,
        place=_name(owner.territory),
        turns=0,
        doubtful=False,
        failed=False,
        thumb_up=False,
        thumb_down=False,
        requests=0,
    )
    session.add(row)
    return row


def take_words(row: DigestRow, turn: TurnRow) -> None:
    """Take what an owner said; nothing of the opening turn, in which nobody spoke."""
    if turn.position is not None:
        row.active_at = max(row.active_at, turn.received_at)
        row.turns += 1
        row.excerpt = row.excerpt or (turn.text or "")[:MOST_EXCERPT] or None


def take_outcome(
    connection: Connection, row: DigestRow, owner: ConversationRow | Conversation, turn: TurnRow
) -> None:
    """Take what became of a turn that was answered or has failed; the same outcome again changes nothing."""
    row.active_at = max(row.active_at, turn.finished_at or turn.received_at)
    row.failed = row.failed or turn.state == FAILED or turn.attempts > 1
    if turn.understood is not None:
        _take_understanding(connection, row, owner, turn)


def needs_of(understood: Understood) -> list[str]:
    """Return the needs heard in a turn, most important first; none where the assistant was in doubt."""
    if is_doubt(understood):
        return []
    at_hand = (understood.get("slots") or {}).get("need")
    found = [*(understood.get("needs") or []), *([at_hand] if isinstance(at_hand, str) else [])]
    return list(dict.fromkeys(found))


def is_doubt(understood: Understood) -> bool:
    """Tell whether the assistant offered choices because it did not understand."""
    return not DOUBTS.isdisjoint(understood.get("actions") or [])


def confidence_of(understood: Understood) -> float | None:
    """Return how sure the understanding of a turn was, 0 to 1; None where nobody spoke."""
    return (understood.get("intent") or {}).get("confidence")


def take_opinions(session: Session, conversation_id: str) -> None:
    """Take the opinions as they stand now."""
    row = session.get(DigestRow, conversation_id)
    if row is not None:
        thumbs = select(OpinionRow.thumb).where(OpinionRow.conversation_id == conversation_id)
        given = set(session.scalars(thumbs))
        row.thumb_up, row.thumb_down = "up" in given, "down" in given


def take_requests(session: Session, conversation_id: str) -> None:
    """Take the requests as they stand now; a conversation that the record does not know has no digest."""
    row = session.get(DigestRow, conversation_id)
    if row is None:
        return
    made = select(RequestRow.status, RequestRow.recipient_id)
    made = made.where(RequestRow.conversation_id == conversation_id)
    found = session.execute(made.order_by(RequestRow.created_at, RequestRow.id)).all()
    row.requests, row.request_status = len(found), found[-1].status if found else None
    held = session.scalars(
        select(ConversationBodyRow).where(ConversationBodyRow.conversation_id == conversation_id)
    )
    bodies = {each.recipient_id for each in found}
    for known in held:
        if known.body_id not in bodies:
            session.delete(known)
        bodies.discard(known.body_id)
    session.add_all(ConversationBodyRow(conversation_id=conversation_id, body_id=each) for each in bodies)


def _take_understanding(
    connection: Connection, row: DigestRow, owner: ConversationRow | Conversation, turn: TurnRow
) -> None:
    understood = turn.understood
    _take_place(row, owner, understood)
    _take_firm(row, understood)
    confidence = confidence_of(understood) if turn.position is not None else None
    if confidence is not None:
        row.lowest_confidence = min(
            confidence, 1.0 if row.lowest_confidence is None else row.lowest_confidence
        )
    row.doubtful = row.doubtful or is_doubt(understood)
    needs = needs_of(understood)
    signs.take(connection, turn, needs)
    heard = [each for each in needs if each not in (row.needs or [])]
    if heard:
        row.needs = [*(row.needs or []), *heard]
        _add(connection, ConversationNeedRow, row.conversation_id, "need", heard)
    if turn.model_id and turn.model_id != row.model_id:
        row.model_id = turn.model_id
        _add(connection, ConversationModelRow, row.conversation_id, "model_id", [turn.model_id])


def _take_place(row: DigestRow, owner: ConversationRow | Conversation, understood: Understood) -> None:
    """Take the place that the assistant works with, else the one that the page knew."""
    at_hand = (understood.get("slots") or {}).get("place") or owner.territory
    if not isinstance(at_hand, dict):
        return
    for each in understood.get("entities") or []:
        found = each.get("additional_info") or {}
        if each.get("entity") == "location" and found.get("code") == at_hand.get("code"):
            area, name = area_of(at_hand, found), each.get("value")
            break
    else:
        area, name = area_of(at_hand), None
    if owner.territory and owner.territory.get("code") == at_hand.get("code"):
        name = _name(owner.territory) or name
    same = (area.departement, area.region) == (row.departement, row.region)
    row.departement, row.region = area.departement, area.region
    row.place = (name or (row.place if same else None) or "")[:200] or None


def _take_firm(row: DigestRow, understood: Understood) -> None:
    slots = understood.get("slots") or {}
    sector, size = slots.get("sector"), slots.get("company_size")
    if isinstance(sector, dict) and sector.get("division"):
        row.trade = str(sector["division"])[:5]
    if isinstance(size, int):
        row.headcount = size


def _add(
    connection: Connection, model: Any, conversation_id: str, column: str, values: Iterable[str]
) -> None:
    """Add a row for each value that has none."""
    table = model.__table__
    for value in values:
        known = exists().where(table.c.conversation_id == conversation_id, table.c[column] == value)
        row = select(literal(conversation_id), literal(value)).where(~known)
        connection.execute(insert(table).from_select(["conversation_id", column], row))


def _name(territory: Mapping[str, Any] | None) -> str | None:
    name = (territory or {}).get("name")
    return str(name)[:200] if name else None
