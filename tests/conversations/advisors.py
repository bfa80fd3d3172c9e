"""Advisors who handle requests, and how far they see."""

from dataclasses import dataclass, replace

from conversations.handling_views import Advisor, Sight
from conversations.request_lists import Filters
from conversations.request_views import Recipient
from tests.conversations.test_requests import everything

NETWORK = Recipient("advisors", "les conseillers du réseau", "reseau@boussole.example")
CMA = Recipient("cma-essai", "CMA d'essai", "contact@cma.example")


@dataclass(frozen=True)
class Within:
    bodies: frozenset = frozenset()
    departments: frozenset = frozenset()
    regions: frozenset = frozenset()


def sees(account, bodies=(), departments=(), regions=(), served=("cci-essai",)):
    within = Within(frozenset(bodies), frozenset(departments), frozenset(regions))
    return Sight(account, within, frozenset(served))


ALL = Sight("admin")
ANNE = Advisor("anne", "Anne Kerbrat", "anne@cci.example", "cci-essai", "CCI d'essai")
YANN = Advisor("yann", "Yann Le Bris", "yann@cci.example", "cci-essai", "CCI d'essai")
ZOE = Advisor("zoe", "Zoé Martin", "zoe@cma.example", "cma-essai", "CMA d'essai")
OF_CCI, OF_CMA = sees("anne", ["cci-essai"], ["29"]), sees("zoe", ["cma-essai"], ["29"])
YANNS = replace(OF_CCI, account_id="yann")


def left(outbox):
    """Send everything that is due; return it."""
    mails = everything(outbox)
    for mail in mails:
        outbox.sent(mail)
    return mails


def listed(advising, sight, **filters):
    return [case.request.reference for case in advising.lists.page(sight, Filters(**filters)).cases]
