"""Where requests belong: written with each, completed by whoever knows the bodies."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from conversations import request_reading
from conversations.areas import area_of
from conversations.handling_models import RequestRouteRow
from conversations.handling_views import NETWORK
from conversations.request_models import RequestRow
from conversations.request_views import NEW, TAKEN, Request
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
AT_ONCE = 50


def begin(session: Session, row: RequestRow, shares_conversation: bool = False) -> RequestRouteRow:
    """Write where a new request belongs, as far as it says so itself."""
    area, named = area_of(row.place), row.recipient_id != NETWORK
    route = RequestRouteRow(
        request_id=row.id,
        conversation_id=row.conversation_id,
        body_id=row.recipient_id if named else None,
        departement=area.departement,
        region=area.region,
        waits_since=row.created_at,
        routed_at=row.created_at if named and area.departement else None,
        shares_conversation=shares_conversation,
    )
    session.add(route)
    session.flush()
    return route


class RequestRoutes:
    """The routes that are still open. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def open(self) -> list[Request]:
        """Return the first requests under way of which nobody said yet where they belong."""
        route = RequestRouteRow
        said = exists().where(route.request_id == RequestRow.id, route.routed_at.is_not(None))
        wanted = select(RequestRow).where(RequestRow.status.in_((NEW, TAKEN)), ~said)
        wanted = wanted.order_by(RequestRow.created_at)
        with self._transactions.read() as session:
            rows = session.scalars(wanted.limit(AT_ONCE)).all()
            return [request_reading.request_view(session, row) for row in rows]

    def settle(
        self, request: Request, body_id: str | None, departement: str | None, region: str | None
    ) -> None:
        """Write where a request belongs; what it says itself stands. Once only."""
        with self._transactions.write() as session:
            row = request_reading.find(session, request.reference, held=True)
            if row is None:  # erased meanwhile
                return
            route = session.get(RequestRouteRow, row.id) or begin(session, row)
            route.body_id = route.body_id or body_id
            route.departement = route.departement or departement
            route.region = route.region or region
            route.routed_at = self._clock()
