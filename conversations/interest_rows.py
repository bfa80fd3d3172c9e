"""How interests come together and fall apart, within a transaction that somebody else begins."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from conversations import erasures, store
from conversations.group_models import GroupNoteRow
from conversations.grouping import MEMBERS, common_skills, fits, partners
from conversations.interest_models import GroupRow, InterestRow
from conversations.interest_views import APART, GROUPED, PROPOSED, WAITING, Group, Interest, Wish
from conversations.outbox import DUE, GROUP, SENT
from conversations.request_models import OutboxRow
from conversations.tokens import new_id


def find(session: Session, conversation_id: str) -> InterestRow | None:
    """Return the interest registered in this conversation, or None."""
    return session.scalar(select(InterestRow).where(InterestRow.conversation_id == conversation_id))


def enter(session: Session, conversation_id: str, wish: Wish, now: datetime) -> InterestRow:
    """Add an interest, in place of an earlier one of the same conversation, and look for its group."""
    leave(session, conversation_id, now)
    row = InterestRow(id=new_id(), conversation_id=conversation_id, state=WAITING, consent_at=now)
    row.departement = wish.departement
    row.place_level, row.place_code, row.place_name = wish.place_level, wish.place_code, wish.place_name
    row.division, row.trade = wish.division, wish.trade
    row.skills, row.days, row.email, row.consent = list(wish.skills), wish.days, wish.email, wish.consent
    session.add(row)
    session.flush()
    _settle(session, row, now)
    return row


def leave(session: Session, conversation_id: str, now: datetime) -> bool:
    """Delete the interest of this conversation; a group left with too few falls apart. False where there was none."""
    store.one_at_a_time(session.connection())
    row = find(session, conversation_id)
    if row is None:
        return False
    group_id = row.group_id
    erasures.hide_read(session, row.id)
    session.delete(row)
    _call_back(session, [conversation_id])
    session.flush()
    if group_id:
        _mend(session, session.get(GroupRow, group_id), now)
    return True


def members(session: Session, group_id: str) -> list[InterestRow]:
    """Return the interests of a group, the oldest first."""
    mine = select(InterestRow).where(InterestRow.group_id == group_id)
    return list(session.scalars(mine.order_by(InterestRow.consent_at, InterestRow.id)))


def interest_view(session: Session, row: InterestRow) -> Interest:
    """Return the interest as a plain value."""
    wish = Wish(
        departement=row.departement,
        place_level=row.place_level,
        place_code=row.place_code,
        place_name=row.place_name,
        skills=tuple(row.skills),
        days=row.days,
        email=row.email,
        consent=row.consent,
        division=row.division,
        trade=row.trade,
    )
    size = select(func.count()).select_from(InterestRow).where(InterestRow.group_id == row.group_id)
    return Interest(
        id=row.id,
        conversation_id=row.conversation_id,
        wish=wish,
        state=row.state,
        group_id=row.group_id,
        group_size=session.scalar(size) if row.group_id else 0,
        consent_at=row.consent_at,
        told_at=row.told_at,
    )


def group_view(session: Session, row: GroupRow) -> Group:
    """Return the group with its members as a plain value."""
    firms = members(session, row.id)
    return Group(
        id=row.id,
        departement=row.departement,
        state=row.state,
        skills=common_skills(firms) or (),
        days=sum(firm.days for firm in firms),
        members=tuple(interest_view(session, firm) for firm in firms),
        created_at=row.created_at,
    )


def _settle(session: Session, row: InterestRow, now: datetime) -> None:
    """Put an interest that waits into a proposed group that it fits, or into a new one with others who wait."""
    proposed = select(GroupRow).where(GroupRow.departement == row.departement, GroupRow.state == PROPOSED)
    for group in session.scalars(proposed.order_by(GroupRow.created_at, GroupRow.id)):
        if fits([*members(session, group.id), row]):
            return _join(session, group, [row])
    waiting = select(InterestRow).where(
        InterestRow.departement == row.departement, InterestRow.group_id.is_(None), InterestRow.id != row.id
    )
    oldest = waiting.order_by(InterestRow.consent_at, InterestRow.id)
    others = partners(row, list(session.scalars(oldest)))
    if others:
        group = GroupRow(id=new_id(), departement=row.departement, state=PROPOSED, created_at=now)
        session.add(group)
        session.flush()
        _join(session, group, [row, *others])
    return None


def _join(session: Session, group: GroupRow, rows: list[InterestRow]) -> None:
    for row in rows:
        row.group_id, row.state, row.told_at = group.id, GROUPED, None
    session.flush()


def _mend(session: Session, group: GroupRow, now: datetime) -> None:
    """Dissolve a group that is none any more, and look for another one for each who is left."""
    left = members(session, group.id)
    if len(left) >= MEMBERS:
        return
    for row in left:
        # Who never heard of the group need not hear of its end.
        heard = row.told_at or _was_mailed(session, row)
        row.group_id, row.state, row.told_at = None, APART if heard else WAITING, None
    _call_back(session, [row.conversation_id for row in left])
    session.flush()
    session.execute(delete(GroupNoteRow).where(GroupNoteRow.group_id == group.id))
    session.delete(group)
    session.flush()
    for row in left:
        if row.group_id is None:
            _settle(session, row, now)


def _was_mailed(session: Session, row: InterestRow) -> bool:
    mine = (OutboxRow.conversation_id == row.conversation_id) & (OutboxRow.kind == GROUP)
    left = mine & (OutboxRow.state == SENT) & (OutboxRow.created_at >= row.consent_at)
    return session.scalar(select(func.count()).select_from(OutboxRow).where(left)) > 0


def _call_back(session: Session, conversation_ids: list[str]) -> None:
    """Take back what was to be mailed about a group that is none any more, or that somebody has left."""
    waiting = (OutboxRow.kind == GROUP) & (OutboxRow.state == DUE)
    session.execute(delete(OutboxRow).where(waiting, OutboxRow.conversation_id.in_(conversation_ids)))
