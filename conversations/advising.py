"""What advisors do with the record, in one piece."""

from dataclasses import dataclass

from conversations.group_care import GroupCare
from conversations.handling import RequestHandling
from conversations.holds import Holds
from conversations.outgoing import OutgoingMessages
from conversations.replies import Replies
from conversations.request_lists import RequestLists
from conversations.request_routes import RequestRoutes
from conversations.satisfaction import Survey


@dataclass(frozen=True)
class Advising:
    """The services that advisors use: each is over the same record."""

    handling: RequestHandling
    lists: RequestLists
    routes: RequestRoutes
    replies: Replies
    holds: Holds
    groups: GroupCare
    outgoing: OutgoingMessages
    survey: Survey
