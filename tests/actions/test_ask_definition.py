import pytest

from actions.ask_definition import AskDefinition
from actions.take_information import TakeInformation
from tests.actions.conftest import QUIMPER, Conversation
from tests.actions.shipped import shipped_services


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


def ids(message):
    return [fact["id"] for fact in message["custom"]["facts"]]


async def test_a_word_is_explained_with_the_need_it_belongs_to(shipped):
    (said,) = await shipped.run(AskDefinition, text="c'est quoi une marketplace", intent="ask_definition")
    assert ids(said) == ["place-de-marche"]
    assert said["buttons"][0]["title"] in said["text"]


async def test_the_difference_explains_both_words(shipped):
    text = "quelle différence entre un CRM et un ERP ?"
    (said,) = await shipped.run(AskDefinition, text=text, intent="ask_definition")
    assert ids(said) == ["crm", "erp"]
    assert len(said["buttons"]) == 1


async def test_an_unknown_word_is_said_to_be_with_a_contact_and_likely_needs(conversation):
    (said,) = await conversation.run(
        AskDefinition, text="un blougi ?", intent="ask_definition", ranking=["need_payroll"]
    )
    assert "Chambre d’essai 1" in said["text"]
    assert all(button["title"] in said["text"] for button in said["buttons"])


async def test_a_european_fund_is_explained_then_the_place_asked_for(shipped):
    said, question = await shipped.run(AskDefinition, text="feder c'est quoi", intent="ask_definition")
    assert ids(said) == ["feder"]
    assert question["response"] == "utter_ask_place_for_europe"
    messages = await shipped.run(TakeInformation, text="à Quimper", intent="inform", entities=[QUIMPER])
    (funding,) = [each for each in messages if (each["custom"] or {}).get("type") == "funding"]
    assert "feder-bretagne" in {item["id"] for item in funding["custom"]["items"]}


@pytest.mark.parametrize("word", ["FEDER", "le FSE+", "FEADER", "FEAMPA", "fonds européens"])
async def test_the_schemes_of_the_region_follow_a_european_fund(shipped, word):
    _, funding = await shipped.run(AskDefinition, text=word, intent="ask_definition", entities=[QUIMPER])
    assert "feder-bretagne" in {item["id"] for item in funding["custom"]["items"]}
    assert all("urop" in item["funder"] for item in funding["custom"]["items"])


async def test_no_european_scheme_is_said_plainly(conversation, knowledge):
    from knowledge.guidance import Fact

    knowledge.guidance.terms = {"feder": Fact("feder", "FEDER : argent.", None, None, "to_check")}
    _, none = await conversation.run(
        AskDefinition, text="feder ?", intent="ask_definition", entities=[QUIMPER]
    )
    assert (none["response"], none["place"]) == ("utter_no_european_aid", "à Quimper")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("l'adie c'est quoi", "adie"),
        ("C'est quoi la CMA ?", "cma-france"),
        ("c'est quoi l'apec", "apec-entreprises"),
        ("business france, c'est quoi", "business-france"),
    ],
)
async def test_a_body_is_told_with_what_it_does_and_how_to_reach_it(shipped, text, body):
    (said,) = await shipped.run(AskDefinition, text=text, intent="ask_definition")
    (item,) = said["custom"]["items"]
    assert item["id"] == body
    assert item["why"] in said["text"]


async def test_of_bodies_with_one_name_the_nearest_is_told(shipped):
    (said,) = await shipped.run(
        AskDefinition, text="la cma c'est quoi", intent="ask_definition", entities=[QUIMPER]
    )
    assert said["custom"]["items"][0]["id"] == "cma-29"
