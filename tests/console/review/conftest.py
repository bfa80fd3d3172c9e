"""The review over a real record, a small folder of training data, and a masking that knows one name."""

import json
from dataclasses import replace

import pytest

from console.review.checks import Checks, Known
from console.review.desk import ReviewDesk
from conversations.bootstrap import utc_now
from conversations.log import ConversationLog
from conversations.privacy_bootstrap import open_reading_log
from conversations.review_bootstrap import open_candidates, open_exports, open_reviews
from conversations.review_masking import Teaching
from tests.conversations.test_opinions import CONTACTS
from tests.conversations.test_review_ranges import mask, spans
from tests.databases import new_record

TRAINING = """version: "3.1"
nlu:
- intent: need_website
  metadata: {voice: bourg}
  examples: |
    - je voudrais un site pour ma [crêperie](sector:56)
- intent: thank
  metadata: {voice: bourg}
  examples: |
    - grand merci
"""
MEASURED = "une page internet pour montrer mes chaises paillées"
REVIEWERS = {"account-reviewer": "Dominique Reviewer", "account-administrator": "Camille Riou"}
SAID = "je suis Anne Le Gall, je veux une vitrine sur le net à Quimper"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "website.yml").write_text(TRAINING, encoding="utf-8")
    (tmp_path / "dev.jsonl").write_text(json.dumps({"text": MEASURED}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def record(tmp_path):
    opened = new_record(tmp_path / "record.db")
    yield opened
    opened.dispose()


@pytest.fixture
def log(record):
    return ConversationLog(record, utc_now)


@pytest.fixture
def desk(record, folder):
    teaching = Teaching(spans, mask)
    checks = Checks(Known(folder / "nlu", [folder / "dev.jsonl"]), teaching)
    parts = (open_reviews(record), open_candidates(record), open_exports(record))
    return ReviewDesk(
        *parts, teaching, checks, open_reading_log(record), lambda: REVIEWERS, lambda: REVIEWERS
    )


@pytest.fixture
def services(services, desk):
    return replace(services, review=desk)


def understood(text, label="out_of_scope", confidence=0.4, place="Quimper"):
    """What the dialogue engine reports of a message that it did not understand."""
    entities = []
    if place and place in text:
        start = text.index(place)
        info = {"level": "commune", "code": "29232", "name": "Quimper"}
        end = start + len(place)
        entities = [
            {"entity": "location", "start": start, "end": end, "value": place, "additional_info": info}
        ]
    ranking = [(label, confidence), ("need_visibility", 0.3), ("need_website", 0.2), ("need_grants", 0.05)]
    return {
        "intent": {"name": label, "confidence": confidence},
        "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking],
        "needs": [label.removeprefix("need_")] if label.startswith("need_") else [],
        "entities": entities,
        "actions": ["action_offer_choices"],
        "slots": {},
        "model_id": "modele-1",
    }


@pytest.fixture
def say(log):
    """Let an owner say something that is not understood; return the turn."""

    def say(text=SAID, conversation=None, **heard):
        conversation = conversation or log.start()[1]
        turn = log.receive(conversation, f"m{len(log.transcript(conversation))}", text)
        return log.answer(turn, [CONTACTS], understood(text, **heard))

    return say
