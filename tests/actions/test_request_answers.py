import pytest

from actions.request_answers import near_domain, read_name
from actions.turn import Turn
from tests.actions.conftest import SAINT_DENIS
from tests.actions.talking import Entities, say, up_to


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("anne@atelier", "Il manque la fin de l'adresse « anne@atelier »"),
        ("06 12 34", "« 06 12 34 » n'est pas un numéro de téléphone complet"),
        ("anne@gmial.com", "Est-ce plutôt « …@gmail.com » ?"),
        ("je préfère pas", "Je n'ai pas trouvé de numéro ni d'adresse"),
    ],
)
async def test_what_is_wrong_with_a_number_or_an_address_is_said(talk, text, words):
    await up_to(talk, "reach")
    found = [Entities.email(text)] if text.endswith(".com") else []
    said, _ = await say(talk, text, entities=found)
    assert words in said


async def test_an_unusual_address_is_taken_when_it_comes_again(talk):
    await up_to(talk, "reach")
    for _ in range(2):
        said, _ = await say(talk, "anne@gmial.com", entities=[Entities.email("anne@gmial.com")])
    assert said == "Quand préférez-vous être contacté ?"


async def test_a_beginning_of_a_number_is_no_place_and_a_name_no_trade(talk):
    baker = {
        "entity": "sector",
        "value": "10",
        "start": 0,
        "end": 9,
        "additional_info": {"trade": "boulanger"},
    }
    await up_to(talk, "name")
    said, _ = await say(talk, "Boulanger", entities=[baker])
    assert talk.slots.get("sector") is None
    await say(talk, "06 12 34", entities=[SAINT_DENIS])
    assert talk.slots["place"] == {"level": "commune", "code": "29232"}


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "name"),
    [
        ("Anne Le Gall", "out_of_scope", 0.65, "Anne Le Gall"),
        ("je m'appelle Sylvie", "talk_to_human", 0.5, "Sylvie"),
        ("Jean-Luc d’Arc", "inform", 0.9, "Jean-Luc d’Arc"),
        ("M. Lebrun", "out_of_scope", 0.4, "M. Lebrun"),
        ("bof", "feedback_negative", 0.97, None),
        ("asdf qsdf", "out_of_scope", 0.99, None),
        ("combien ça coûte un site internet ?", "ask_cost", 0.9, None),
        ("06 12 34 56 78", "inform", 0.9, None),
        ("stop", "deny", 0.5, None),
        ("", "inform", 0.9, None),
        ("Marie Le Gall", "out_of_scope", 0.92, "Marie Le Gall"),
        ("Jean Bon", "need_website", 0.9, "Jean Bon"),
        ("karim benali", "out_of_scope", 0.9, "karim benali"),
    ],
)
def test_names(conversation, text, intent, confidence, name):
    assert read_name(conversation.services, Turn(text, intent, [], [], [], confidence=confidence)) == name


def test_domains_that_are_one_slip_away(conversation):
    near = {
        each: near_domain(conversation.services, f"a@{each}")
        for each in ("gmial.com", "orage.fr", "orange.fr", "atelier.fr")
    }
    assert near == {"gmial.com": "gmail.com", "orage.fr": "orange.fr", "orange.fr": None, "atelier.fr": None}
