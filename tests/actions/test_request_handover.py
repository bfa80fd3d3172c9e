"""Requests that go to the State's service: what the owner is told of it, before and after."""

from dataclasses import replace

import pytest

from actions.request_status import RequestStatus
from conversations.bootstrap import open_requests
from conversations.handover import HandOver, Partner
from conversations.outbox import Outbox
from conversations.transactions import Transactions
from tests.actions.conftest import Post
from tests.actions.talking import Entities, plain, requests, say, up_to

PARTNER = Partner("https://service.example", "jeton", 773, {"website": 813}, "https://boussole.example")


@pytest.fixture
def partner(talk, record, clock):
    """A conversation whose requests may go to the State's service."""
    desk = open_requests(record, Post(), clock, HandOver(PARTNER))
    talk.services = replace(talk.services, requests=desk)
    return talk


async def both(talk):
    """Leave a telephone number and an address, which the service wants."""
    await up_to(talk, "reach")
    reach = "06 12 34 56 78, anne@atelier.example"
    await say(talk, reach, entities=[Entities.phone(), Entities.email()])
    await say(talk, "le matin")
    said, _ = await say(talk, "C'est exact", "affirm")
    return said


async def test_consent_names_the_service_that_a_request_is_handed_over_to(partner, record, clock):
    consent = await both(partner)
    assert "Destinataire : le Service Public Conseillers entreprises" in consent
    assert "Lieu : Quimper (29)" in consent
    said, _ = await say(partner, "oui", "affirm")
    assert "Elle est transmise à : le Service Public" in said
    (request,) = requests(partner)
    assert request.mail == {"confirmation": "due", "handover": "due"}
    assert plain(request.consent) == consent
    outbox = Outbox(Transactions(record), clock)
    while (mail := outbox.claim()) is not None:
        outbox.unconfirmed(mail, "timeout")
    said, _ = await say(partner, "un site", "need_website", RequestStatus)
    assert "n'a pas confirmé avoir reçu votre demande" in said


async def test_what_the_service_does_not_take_goes_to_people(partner):
    consent = await up_to(partner, "consent")
    assert "les conseillers du réseau" in consent, "without a telephone number"
    assert "Lieu : Quimper (29)" not in consent
