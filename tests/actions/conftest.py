from dataclasses import dataclass, field, replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.wording_store import load_wording
from conversations.bootstrap import open_requests
from knowledge.guidance import Fact
from knowledge.guidance.markets import market_of
from knowledge.matches import ContactMatch, FundingMatch, Territory
from knowledge.territories import load_territories
from tests.conversations.conftest import TickingClock
from tests.databases import new_record

FINISTERE = Territory("departement", "29", "Finistère")


def a_contact(number: int) -> ContactMatch:
    return ContactMatch(
        id=f"contact-{number}",
        name=f"Chambre d’essai {number}",
        kind="cci",
        level="departement",
        territory=FINISTERE,
        phone="02 99 00 00 00" if number % 2 else None,
        email=None,
        url=f"https://example.org/{number}",
        hours=None,
        cost="free",
        why=f"Raison numéro {number}.",
        status="to_check",
        verified_on="2019-10",
        source_url="https://example.org/source",
    )


def a_scheme(**changes) -> FundingMatch:
    scheme = FundingMatch(
        id="cheque-essai",
        title="Chèque d’essai",
        promise="La moitié de la facture est remboursée.",
        funder="Région d’essai",
        kinds=["grant"],
        status="open",
        eligible="unknown",
        reasons=["Ouvert (juin 2026).", "Effectif : 10 au plus."],
        missing=["headcount", "activity"],
        estimate=None,
        closing_date=None,
        url="https://example.org/cheque",
        source_url="https://example.org/cheque/source",
        verified_on="2026-06",
    )
    return replace(scheme, **changes)


def a_price(key, text="De 1 000 à 6 000 €."):
    return Fact(key, text, "https://example.org/prix", "2025-01", "to_check")


@dataclass
class FakeGuidance:
    """A guidance with a few records, to be filled by the test that needs them; `needs` by the id of a fact."""

    prices: list = field(default_factory=list)
    terms: dict = field(default_factory=dict)
    duties: list = field(default_factory=list)
    advice: list = field(default_factory=list)
    referred: list = field(default_factory=list)
    needs: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)

    def price(self, key):
        return self.figures.get(key)

    def costs(self, need=None, text="", act=None):
        return [each for each in self.prices if need in self.needs.get(each.id, ())]

    def definition(self, text):
        return next((fact for word, fact in self.terms.items() if word in text.lower()), None)

    def obligations(self, need, firm, today, *, size=None, text="", market=None):
        return [each(firm) for each in self.duties if need in self.needs.get(each(firm).id, ())]

    def rules_named(self, text):
        return frozenset()

    def payment(self, text=""):
        return self.advice

    def payment_named(self, text, market=None):
        return []

    def payment_of(self, keys, market=None):
        return []

    def referrals(self, text):
        return self.referred

    def needs_of(self, key):
        return self.needs.get(key, ())


class NoDirectory:
    """A directory in which nobody is."""

    def bodies(self, place):
        return []


@dataclass
class FakeKnowledge:
    """A knowledge base with a few records, which remembers what it was asked."""

    contact_list: list = field(default_factory=lambda: [a_contact(number) for number in range(1, 6)])
    scheme_list: list = field(default_factory=lambda: [a_scheme()])
    asked: list = field(default_factory=list)
    guidance: FakeGuidance = field(default_factory=FakeGuidance)
    directory: NoDirectory = field(default_factory=NoDirectory)

    def contacts(
        self, need, place=None, *, sector=None, headcount=None, country=None, trade=None, craft=None
    ):
        self.asked.append((need, place.code if place else None, sector, trade, craft, headcount, country))
        return self.contact_list

    def funding(self, need, place=None, *, sector=None, headcount=None, amount=None, **told):
        return self.scheme_list

    def named_schemes(self, text, place=None, *, sector=None, headcount=None, amount=None, **told):
        return []

    def in_union(self, country):
        return country in {"BE", "DE"}

    def market(self, countries, place):
        return market_of(countries, frozenset({"BE", "DE"}))

    def general_contacts(self, place):
        return self.contact_list


@dataclass
class Conversation:
    """Runs actions as rasa does: message in, events applied to the slots, messages out."""

    services: Services
    slots: dict = field(default_factory=dict)
    followup: str | None = None
    sender: str = "essai"

    async def run(self, action_class, text="", intent="", entities=(), ranking=(), about=None, sure=True):
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9, "sure": sure},
            "entities": list(entities),
            "intent_ranking": [{"name": name, "confidence": 0.1} for name in ranking],
        }
        message |= {"about": {"need": about, "confidence": 0.9}} if about else {}
        tracker = Tracker(self.sender, dict(self.slots), message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        events = await action_class(lambda: self.services).run(dispatcher, tracker, {})
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.followup = next((event["name"] for event in events if event["event"] == "followup"), None)
        return dispatcher.messages


@pytest.fixture
def knowledge():
    return FakeKnowledge()


@pytest.fixture
def conversation(knowledge):
    return Conversation(Services(knowledge, load_territories(), load_wording()))


def need(code):
    return {"entity": "need", "value": code}


def location(name, code, departement="29", region="53", level="commune", alternatives=(), start=0):
    info = {"level": level, "code": code, "departement": departement, "region": region}
    if alternatives:
        info["alternatives"] = list(alternatives)
    return {
        "entity": "location",
        "value": name,
        "start": start,
        "end": start + len(name),
        "additional_info": info,
    }


def a_country(code):
    return {"entity": "country", "value": code, "start": 0, "end": 0}


QUIMPER = location("Quimper", "29232")
SAINT_DENIS = location(
    "Saint-Denis",
    "93066",
    departement="93",
    region="11",
    alternatives=[{"level": "commune", "code": "97411", "name": "Saint-Denis", "departement": "974"}],
)


class Post:
    """A mailer that is never asked to send: another process does that."""

    enabled = True
    advisors = "conseillers@reseau.example"


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def clock():
    return TickingClock()


@pytest.fixture
def talk(conversation, record, clock):
    """A conversation whose requests are kept, where mail is written but not sent."""
    desk = open_requests(record, Post(), clock)
    conversation.services = replace(conversation.services, requests=desk, mailer=Post())
    return conversation
