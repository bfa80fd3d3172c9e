"""Rows of the handling of requests: found within somebody's sight, changed, written about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select, true, union
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from conversations import request_reading
from conversations.errors import AlreadyTaken, NotTaken, UnknownRequest
from conversations.handling_models import RequestEventRow, RequestHolderRow, RequestRouteRow, SatisfactionRow
from conversations.handling_views import NETWORK, Advisor, Case, Event, EventKind, Holder, Reach, Sight
from conversations.models import metadata
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_views import NEW

Rows = tuple[RequestRow, RequestRouteRow | None, RequestHolderRow | None]


def seen(sight: Sight) -> ColumnElement:
    """Return the condition for what somebody sees: what is for their bodies, what they or a colleague have taken, and
    what nobody has taken in their territories where nobody's account serves the body it is for.

    One set of ids, each part by an index: joins with alternatives would go through all requests.
    """
    if sight.within is None:
        return true()
    bodies, route, holder = sorted(sight.within.bodies), RequestRouteRow, RequestHolderRow
    return RequestRow.id.in_(
        union(
            select(route.request_id).where(route.body_id.in_(bodies)),
            select(holder.request_id).where(holder.account_id == sight.account_id),
            select(holder.request_id).where(holder.body_id.in_(bodies)),
            nearby(sight),
        )
    )


def nearby(sight: Sight) -> Select:
    """Return the statement for the ids of what nobody has taken in somebody's territories, where no account serves the
    body that it is for.
    """
    route = RequestRouteRow
    taken = exists().where(RequestHolderRow.request_id == route.request_id)
    near = select(route.request_id).join(RequestRow, RequestRow.id == route.request_id)
    return near.where(RequestRow.status == NEW, _near(sight), ~taken)


def _near(sight: Sight) -> ColumnElement:
    """Return the condition for what is in somebody's territories, for a body that nobody has an account for."""
    within, route = sight.within, RequestRouteRow
    unserved = or_(route.body_id.is_(None), route.body_id.not_in(sorted(sight.served)))
    near = or_(route.departement.in_(sorted(within.departments)), route.region.in_(sorted(within.regions)))
    return and_(unserved, near)


def taken_from(session: Session, sight: Sight, reference: str) -> None:
    """Raise AlreadyTaken for a request that somebody saw until another one took it; nothing otherwise."""
    if sight.within is None:
        return
    wanted = select(RequestHolderRow).join(RequestRow, RequestRow.id == RequestHolderRow.request_id)
    wanted = wanted.join(RequestRouteRow, RequestRouteRow.request_id == RequestRow.id)
    holder = session.scalar(wanted.where(RequestRow.reference == reference, _near(sight)))
    if holder is not None:
        raise AlreadyTaken(holder.name, holder.body_name)


def within_sight(sight: Sight) -> Select:
    """Return the statement for the requests somebody sees, each with its route and its holder."""
    return joined().where(seen(sight))


def joined() -> Select:
    """Return the statement for requests, each with its route and its holder."""
    wanted = select(RequestRow, RequestRouteRow, RequestHolderRow)
    wanted = wanted.outerjoin(RequestRouteRow, RequestRouteRow.request_id == RequestRow.id)
    return wanted.outerjoin(RequestHolderRow, RequestHolderRow.request_id == RequestRow.id)


def locked(session: Session, sight: Sight, reference: str) -> Rows:
    """Return the rows of a reference, the request held until the transaction ends; raises UnknownRequest for one that
    is not there or not seen.
    """
    request_reading.find(session, reference, held=True)
    return found(session, sight, reference)


def found(session: Session, sight: Sight, reference: str) -> Rows:
    """Return the rows of a reference; raises UnknownRequest for one that is not there or not seen."""
    rows = session.execute(within_sight(sight).where(RequestRow.reference == reference)).one_or_none()
    if rows is None:
        raise UnknownRequest(reference)
    return tuple(rows)


def is_covered(within: Reach | None, row: RequestRow) -> bool:
    """Tell whether what the owner agreed to names somebody within `within`: one of their bodies, or the network."""
    return within is None or row.recipient_id == NETWORK or row.recipient_id in within.bodies


def case_of(session: Session, sight: Sight, rows: Rows) -> Case:
    """Return the request as somebody with this sight sees it, with the mail about it and what its owner thinks."""
    row, _, _ = rows
    judged = session.get(SatisfactionRow, row.id)
    case = brief_case(sight, rows, request_reading.mail_of(session, row))
    said = {"satisfaction": judged.answer, "satisfaction_words": judged.words} if judged else {}
    return replace(case, **said) if case.covered else case


def brief_case(sight: Sight, rows: Rows, mail: dict[str, str] | None = None) -> Case:
    """Return the request as it stands in a list: nothing else is looked up."""
    row, route, holder = rows
    request = request_reading.plain_view(row, mail or {})
    covered = is_covered(sight.within, row) or (holder is not None and holder.account_id == sight.account_id)
    if not covered:
        hidden = dict.fromkeys(("name", "email", "phone", "moment"))
        request = replace(request, summary="", consent="", **hidden)
    return Case(
        request=request,
        holder=holder and holder_of(holder),
        body_id=route and route.body_id,
        departement=route and route.departement,
        waits_since=route.waits_since if route else row.created_at,
        covered=covered,
        shares_conversation=bool(route and route.shares_conversation),
    )


def holder_of(row: RequestHolderRow) -> Holder:
    """Return who has taken a request."""
    known = ("account_id", "name", "email", "body_id", "body_name", "taken_at", "replied_at")
    return Holder(**{name: getattr(row, name) for name in known})


def held_by(rows: Rows, sight: Sight) -> RequestHolderRow:
    """Return the holder where that is somebody with this sight, or a colleague of the same body.

    Raises NotTaken where nobody is, AlreadyTaken where it is somebody else.
    """
    _, _, holder = rows
    if holder is None:
        raise NotTaken
    mine = sight.within is None or holder.account_id == sight.account_id
    if not mine and holder.body_id not in sight.within.bodies:
        raise AlreadyTaken(holder.name, holder.body_name)
    return holder


def hold(session: Session, row: RequestRow, advisor: Advisor, now: datetime) -> RequestHolderRow:
    """Let `advisor` have a request, in place of whoever had it."""
    session.execute(delete(RequestHolderRow).where(RequestHolderRow.request_id == row.id))
    holder = RequestHolderRow(
        request_id=row.id,
        conversation_id=row.conversation_id,
        taken_at=now,
        reminders_sent=0,
        **vars(advisor),
    )
    session.add(holder)
    session.flush()
    return holder


def tell(
    session: Session,
    row: RequestRow,
    kind: EventKind,
    now: datetime,
    advisor: Advisor | None = None,
    text: str | None = None,
    mail_id: str | None = None,
    **detail: Any,
) -> None:
    """Write down that something happened to a request."""
    event = RequestEventRow(request_id=row.id, conversation_id=row.conversation_id, at=now, kind=kind)
    event.account_id, event.name = (advisor.account_id, advisor.name) if advisor else (None, None)
    event.text, event.detail, event.mail_id = text or None, detail or None, mail_id
    session.add(event)


def events_of(session: Session, request_id: str) -> list[Event]:
    """Return what happened to a request, the first first."""
    mine = select(RequestEventRow, OutboxRow.state)
    mine = mine.outerjoin(OutboxRow, OutboxRow.id == RequestEventRow.mail_id)
    rows = session.execute(mine.where(RequestEventRow.request_id == request_id).order_by(RequestEventRow.id))
    return [
        Event(row.id, row.at, row.kind, row.name, row.text, row.detail or {}, mail)
        for row, mail in rows.all()
    ]


def drop(session: Session, request_ids: Iterable[str]) -> None:
    """Delete these requests with all that is about them, whatever table it stands in."""
    ids = list(request_ids)
    for table in reversed(metadata.sorted_tables):
        if "request_id" in table.columns:
            session.execute(delete(table).where(table.columns.request_id.in_(ids)))
    session.execute(delete(RequestRow).where(RequestRow.id.in_(ids)))
