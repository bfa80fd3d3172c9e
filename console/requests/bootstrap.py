"""Opens the requests over an open record and the knowledge base."""

from collections import defaultdict

from sqlalchemy.engine import Engine

from console.accounts.register import Register
from console.requests.book import RequestBook
from console.requests.routing import MatchedBodies
from console.viewers import Role
from conversations.bootstrap import open_advising, open_mailer, utc_now
from conversations.log import ConversationLog
from conversations.privacy_bootstrap import open_reading_log
from knowledge.bootstrap import open_knowledge
from knowledge.territories import Territories
from settings import Settings


def open_book(
    settings: Settings, record: Engine, register: Register, territories: Territories
) -> RequestBook:
    """Return the requests of a record; who has an account is asked at each page."""
    regions: dict[str, set[str]] = defaultdict(set)
    departements = {}
    for place in territories.departements + territories.collectivities:
        departements[place.code] = place.name
        if place.region:
            regions[place.region].add(place.code)

    def served() -> frozenset[str]:
        advisors = [
            account
            for account in register.all()
            if account.role is Role.ADVISOR and account.disabled_at is None and not account.invited
        ]
        return frozenset().union(*(account.scope.bodies for account in advisors))

    return RequestBook(
        advising=open_advising(record, open_mailer(settings), page=(settings.portal_url or "").rstrip("/")),
        log=ConversationLog(record, utc_now),
        reads=open_reading_log(record),
        bodies=MatchedBodies(lambda: open_knowledge(settings.sql_url("knowledge")), territories),
        served=served,
        clock=utc_now,
        departements=departements,
        regions={code: frozenset(held) for code, held in regions.items()},
    )
