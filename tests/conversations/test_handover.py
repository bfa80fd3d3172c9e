"""Requests handed over to Conseillers-Entreprises; the answers are those that its API documents."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from pydantic import ValidationError

from conversations.handover import RECIPIENT, HandOver, Partner, fits, location_of
from conversations.letters import load_letters
from conversations.mailer import NoMailer
from conversations.outbox import LEASE, PAUSES, Outbox
from conversations.postman import Postman
from conversations.request_views import Recipient
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.test_requests import NEW

PARTNER = Partner("https://service.example", "jeton", 773, {"website": 813}, "https://boussole.example")
THERE = replace(NEW, recipient=Recipient(RECIPIENT, "le service"))
TAKEN = {
    "data": {"solicitation_id": 611, "institutions_partenaires": ["Chambre de Commerce et d'Industrie (CCI)"]}
}
NO_SIRET = {"errors": [{"source": "SIRET", "message": "doit être un numéro à 14 chiffres valide"}]}
BAD_TOKEN = {"errors": [{"source": "Jeton d’API", "message": "n’existe pas ou est invalide"}]}


class Service:
    """Answers what it is told to, and keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.answer = (200, TAKEN)

    def __call__(self, request):
        if isinstance(self.answer, type):
            if self.answer is not httpx.ConnectError:
                self.asked.append(request)
            raise self.answer("away")
        self.asked.append(request)
        status, body = self.answer
        return httpx.Response(status, json=body)


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def handover(service):
    return HandOver(PARTNER, httpx.MockTransport(service))


@pytest.fixture
def outbox(engine, clock):
    return Outbox(Transactions(engine), clock)


@pytest.fixture
def desk(engine, clock, outbox, handover):
    return RequestDesk(Transactions(engine), clock, outbox, load_letters(), False, handover)


@pytest.fixture
def postman(outbox, desk, handover):
    return Postman(outbox, NoMailer(), handover=handover)


def state(desk):
    return desk.of_conversation("c1")[0].mail["handover"]


def test_a_request_goes_in_the_form_that_the_service_documents(desk, postman, service):
    desk.open(THERE)
    assert postman.round() == 1
    (asked,) = service.asked
    assert (asked.method, str(asked.url)) == ("POST", "https://service.example/api/v1/solicitations")
    assert asked.headers["authorization"] == "Bearer jeton"
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.content) == {
        "solicitation": {
            "landing_id": 773,
            "landing_subject_id": 813,
            "description": "Refaire un site à Quimper.\nMoment préféré : le matin",
            "full_name": "Anne Le Gall",
            "email": "Anne@Atelier.example",
            "phone_number": "+33612345678",
            "location": "Quimper (29)",
            "origin_url": "https://boussole.example",
        }
    }
    assert state(desk) == "sent"
    assert postman.round() == 0
    assert len(service.asked) == 1


def test_requests_for_others_stay_here(desk, postman, service):
    desk.open(NEW)
    assert postman.round() == 0
    assert service.asked == []


@pytest.mark.parametrize("answer", [httpx.ConnectError, (503, {}), (429, {}), (404, BAD_TOKEN), (401, {})])
def test_what_was_not_taken_is_tried_again_later(desk, postman, service, clock, answer):
    desk.open(THERE)
    service.answer = answer
    assert postman.round() == 0
    assert (postman.round(), state(desk)) == (0, "due")
    assert desk.news("c1") == []
    service.answer = (200, TAKEN)
    clock.now += PAUSES[0]
    assert postman.round() == 1


@pytest.mark.parametrize(
    "answer", [httpx.ReadTimeout, httpx.RemoteProtocolError, (500, {}), (502, {}), (504, {})]
)
def test_what_may_have_been_taken_is_never_sent_again_and_told(desk, postman, service, clock, answer):
    desk.open(THERE)
    service.answer = answer
    postman.round()
    service.answer = (200, TAKEN)
    clock.now += timedelta(days=3)
    assert (postman.round(), len(service.asked)) == (0, 1)
    (told,) = desk.news("c1")
    assert told.mail_failed == ["handover"]


def test_a_refusal_is_for_good_and_its_words_are_not_kept(desk, postman, service, engine):
    desk.open(THERE)
    service.answer = (422, NO_SIRET)
    postman.round()
    assert state(desk) == "refused"
    with engine.connect() as connection:
        (kept,) = connection.exec_driver_sql("SELECT body, error FROM outbox")
    assert tuple(kept) == ("", "422 SIRET")


def test_a_sender_that_died_is_not_followed_by_another(desk, postman, service, outbox, clock):
    desk.open(THERE)
    assert outbox.claim() is not None
    assert (postman.round(), state(desk)) == (0, "sending")
    clock.now += LEASE
    assert (postman.round(), service.asked) == (0, [])
    assert state(desk) == "given up"
    assert len(desk.news("c1")) == 1


def test_without_the_service_a_request_waits(desk, outbox, clock):
    desk.open(THERE)
    assert Postman(outbox, NoMailer()).round() == 0
    assert state(desk) == "due"


@pytest.mark.parametrize("missing", ["need", "name", "email", "phone", "place"])
def test_the_service_takes_what_is_complete(handover, missing):
    known = {
        "need": "website",
        "name": "Anne",
        "email": "a@b.example",
        "phone": "+33612345678",
        "place": NEW.place,
    }

    def takes(of):
        contact = {kind: of[kind] for kind in ("email", "phone")}
        return handover.takes(of["need"], of["name"], contact, of["place"])

    assert takes(known)
    assert not takes(known | {missing: None})


@pytest.mark.parametrize(
    ("level", "code", "name", "said"),
    [
        ("commune", "29232", "Quimper", "Quimper (29)"),
        ("commune", "97411", "Saint-Denis", "Saint-Denis (974)"),
        ("commune", "2A004", "Ajaccio", "Ajaccio (2A)"),
        ("departement", "974", "La Réunion", "La Réunion (974)"),
        ("region", "53", "Bretagne", "Bretagne"),
    ],
)
def test_a_place_is_told_from_its_namesakes(level, code, name, said):
    assert location_of({"level": level, "code": code, "name": name}) == said


def test_subjects_are_listed_with_those_that_ask_too_much(handover, service):
    whole = {"id": 813, "title": "Vendre", "requires_siret": False, "questions_additionnelles": []}
    service.answer = (
        200,
        {"data": [whole, whole | {"requires_siret": True}], "metadata": {"total_results": 2}},
    )
    assert [fits(each) for each in handover.subjects()] == [True, False]
    assert not fits(whole | {"questions_additionnelles": [{"id": 224}]})
    assert service.asked[0].url.path == "/api/v1/landings/773/landing_subjects"


def test_the_service_is_off_until_everything_is_set():
    whole = {
        "conseillers_url": PARTNER.url,
        "conseillers_token": "jeton",
        "conseillers_landing": 773,
        "portal_url": PARTNER.page,
        "conseillers_subjects": {"website": 813},
    }
    assert Settings().conseillers_url == ""
    assert Settings(**whole).conseillers_landing == 773
    for missing in ("conseillers_token", "conseillers_landing", "portal_url"):
        with pytest.raises(ValidationError):
            Settings(**{name: value for name, value in whole.items() if name != missing})
