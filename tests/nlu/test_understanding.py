"""The trained model: rasa finds its data sound, buttons are understood, the dev set stays above its floor."""

import asyncio
import json

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from actions.wording_store import load_wording
from benchmarks.evaluate import load_understanding, parse_all
from benchmarks.politeness import mannered_rows, said
from benchmarks.scoring import figures, is_right
from settings import ROOT

pytestmark = pytest.mark.model

# What is asked of the dev set. `make evaluate` prints the figures.
FLOOR = {
    "single": 0.95,
    "multi_both": 0.85,
    "acts": 0.93,
    "oos_f1": 0.90,
    "f1_location": 0.97,
    "f1_country": 0.97,
    "f1_amount": 0.97,
    "f1_email": 0.97,
    "f1_phone": 0.97,
    "f1_siret": 0.97,
    "f1_company_size": 0.92,
    "f1_sector": 0.85,
}
CEILING = {"false_second": 0.04, "act_false_need": 0.06, "confident_wrong": 0.03, "ece": 0.05}


@pytest.fixture(scope="module")
def understand(model):
    agent = asyncio.run(load_understanding(model))

    async def understand(texts):
        parses, _ = await parse_all(agent, texts)
        return parses

    return understand


# Buttons that answer the question about the country mean nothing without it: TurnPolicy's `undecided` words hear them.
ANSWERS = {"country_unknown", "several_countries"}
STANDS_FOR = {"ask_why_funding": "ask_why"}


async def test_every_button_is_understood_for_sure(understand):
    wording = load_wording()
    expected = {need["button"]: f"need_{code}" for code, need in wording.needs.items()}
    acts = {name: text for name, text in wording.buttons.items() if name not in ANSWERS}
    expected |= {text: STANDS_FOR.get(name, name) for name, text in acts.items()}
    parses = await understand(list(expected))
    wrong = {
        parse["text"]: (parse["intent"]["name"], parse["intent"]["confidence"])
        for parse in parses
        if parse["intent"]["name"] != expected[parse["text"]] or parse["intent"]["confidence"] < 0.5
    }
    assert wrong == {}


async def test_a_need_button_states_that_need_alone(understand):
    wording = load_wording()
    texts = {need["button"]: code for code, need in wording.needs.items()}
    parses = await understand(list(texts))
    needs = {p["text"]: [e["value"] for e in p["entities"] if e["entity"] == "need"] for p in parses}
    assert needs == {text: [code] for text, code in texts.items()}


@pytest.mark.parametrize("text", ["", "   ", "/restart", '/need_grants{"location": "Brest"}', "\u0000"])
async def test_orders_and_blanks_are_out_of_scope(understand, text):
    (parse,) = await understand([text])
    assert parse["intent"]["name"] == "out_of_scope"
    assert [entity for entity in parse["entities"] if entity["entity"] == "need"] == []


async def test_the_dev_set_stays_above_its_floor(understand):
    lines = (ROOT / "tests" / "nlu" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = figures(rows, await understand([row["text"] for row in rows]))
    assert {name: found[name] for name, floor in FLOOR.items() if found[name] < floor} == {}
    assert {name: found[name] for name, most in CEILING.items() if found[name] > most} == {}


@pytest.mark.parametrize(
    "manner", ["Bonjour, {said}", "oui {said}", "{said}, merci beaucoup et bonne journée"]
)
async def test_politeness_changes_little_of_what_is_understood(understand, manner):
    rows = mannered_rows("dev")
    parses = await understand([said(manner, row["text"]) for row in rows])
    right = sum(is_right(row, parse) for row, parse in zip(rows, parses, strict=True))
    assert right / len(rows) >= FLOOR["single"]


def test_rasa_finds_no_fault_in_the_data():
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"),
        str(ROOT / "domain.yml"),
        [str(ROOT / "data" / name) for name in ("nlu", "rules", "responses")],
    )
    validator = Validator.from_importer(importer)
    assert validator.verify_domain_validity()
    assert validator.verify_nlu(ignore_warnings=False)
    assert validator.verify_utterances_in_stories(ignore_warnings=False)
    assert validator.verify_forms_in_stories_rules()
    assert validator.verify_actions_in_stories_rules()
    assert validator.verify_story_structure(ignore_warnings=False)
