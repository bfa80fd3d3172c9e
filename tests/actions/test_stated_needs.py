"""Which needs a message means, and the answers that follow, on the knowledge base as it is shipped."""

import pytest

from actions.answer_need import AnswerNeed
from actions.take_information import TakeInformation
from actions.yes_and_no import Deny
from tests.actions.conftest import Conversation, location, need
from tests.actions.shipped import shipped_services

LE_MANS = location("Le Mans", "72181", departement="72", region="52")
BOTH = ["loans", "grants"]


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


@pytest.mark.parametrize(
    ("text", "understood", "meant"),
    [
        ("non non, pas un prêt, une subvention", BOTH, ["grants"]),
        ("je ne veux pas de crédit mais une subvention", ["loans"], ["grants"]),
        ("plutôt une subvention qu'un prêt", BOTH, ["grants"]),
        ("j'ai dit un prêt pas une subvention", ["grants"], ["loans"]),
        ("le prêt, j'en veux pas, une subvention", BOTH, ["grants"]),
        ("les subventions ne m'intéressent plus, je veux un prêt", BOTH, ["loans"]),
        ("un site, je n'ai pas de boutique", ["website"], ["website"]),
        ("je préfère un prêt à une subvention", BOTH, ["loans"]),
        ("une place de marché au lieu d’un site", ["marketplace", "website"], ["marketplace"]),
        ("pas besoin d'une boutique en ligne, un simple site", ["online_store", "website"], ["website"]),
        ("C'est pas un site vitrine, c'est un site marchand que je veux", ["website"], ["online_store"]),
    ],
)
def test_what_is_denied_is_not_meant(text, understood, meant):
    assert shipped_services().need_words.meant(text, understood) == meant


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("je n'ai pas de site, je voudrais vendre en ligne", ["website", "online_store"]),
        ("je veux plus de visibilité et une subvention", ["visibility", "grants"]),
        ("mon site ne marche pas, une formation m'aiderait", ["website", "training"]),
        ("un site et une boutique en ligne", ["website", "online_store"]),
    ],
)
def test_what_is_lacking_is_not_denied(text, understood):
    assert shipped_services().need_words.meant(text, understood) == understood


@pytest.mark.parametrize(
    ("text", "understood", "meant"),
    [
        ("je veux un prêt pour mon site, Le Mans", ["loans", "website"], ["loans"]),
        ("pour mon site, une subvention", ["website", "grants"], ["grants"]),
        ("financer ma boutique en ligne avec un prêt", ["loans", "online_store"], ["loans"]),
        ("une aide pour mon site et ma boutique en ligne", ["grants", "website", "online_store"], ["grants"]),
        (
            "une aide pour mon site et une formation",
            ["grants", "website", "training"],
            ["grants", "training"],
        ),
        ("un site et une subvention pour le payer", ["website", "grants"], ["website", "grants"]),
        ("un prêt pour une machine et aussi un site", ["loans", "website"], ["loans", "website"]),
    ],
)
def test_money_for_a_project_is_one_need(text, understood, meant):
    assert shipped_services().need_words.meant(text, understood) == meant


async def asked_for_a_loan(shipped):
    entities = [need("loans"), LE_MANS]
    return await shipped.run(AnswerNeed, text="je veux un prêt", intent="need_loans", entities=entities)


async def test_a_corrected_need_stands_alone(shipped):
    await asked_for_a_loan(shipped)
    entities = [need("loans"), need("grants")]
    messages = await shipped.run(
        AnswerNeed, text="non, pas un prêt, une subvention", intent="need_loans", entities=entities
    )
    assert {message["custom"]["need"] for message in messages} == {"grants"}
    assert (shipped.slots["need"], shipped.slots.get("other_needs")) == ("grants", None)


@pytest.mark.parametrize("action", [Deny, TakeInformation])
async def test_a_correction_is_answered_as_its_need_whatever_it_looks_like(shipped, action):
    await asked_for_a_loan(shipped)
    await shipped.run(action, text="non, pas un prêt, une subvention", intent="deny")
    assert shipped.followup == "action_answer_need"
    messages = await shipped.run(AnswerNeed, text="non, pas un prêt, une subvention", intent="deny")
    assert {message["custom"]["need"] for message in messages} == {"grants"}


async def test_a_need_that_is_only_taken_back_asks_for_another(shipped):
    await asked_for_a_loan(shipped)
    (question,) = await shipped.run(AnswerNeed, text="je ne veux pas de prêt", intent="need_loans")
    assert question["response"] == "utter_ask_need_at"
    assert shipped.slots["need"] is None


async def test_what_pays_for_the_project_comes_first(shipped):
    entities = [need("grants"), location("Rennes", "35238", departement="35")]

    async def shown(text):
        *_, funding = await shipped.run(AnswerNeed, text=text, intent="need_grants", entities=entities)
        return [item["id"] for item in funding["custom"]["items"]]

    pays = {match.id for match in shipped.services.knowledge.funding("website", None)}
    assert "diag-data-ia" in await shown("une subvention")
    assert "diag-data-ia" not in await shown("une subvention pour mon site")
    assert "diag-data-ia" not in pays


def kinds(messages):
    """Return the kinds of the schemes that were shown."""
    cards = (each["custom"] or {} for each in messages)
    return {item["kinds"][0] for card in cards if card.get("type") == "funding" for item in card["items"]}


async def test_loans_that_were_refused_are_not_listed_any_more(shipped):
    website = [need("website"), LE_MANS]
    before = await shipped.run(AnswerNeed, text="un site", intent="need_website", entities=website)
    assert "loan" in kinds(before)
    after = await shipped.run(
        AnswerNeed, text="pas de prêt, une subvention", intent="need_grants", entities=[need("grants")]
    )
    assert "loan" not in kinds(after)
    again = await shipped.run(AnswerNeed, text="un site", intent="need_website", entities=website)
    assert "loan" not in kinds(again)


async def test_a_loan_that_is_asked_for_later_is_listed(shipped):
    await shipped.run(
        AnswerNeed, text="pas un prêt, une subvention", intent="need_grants", entities=[LE_MANS]
    )
    messages = await shipped.run(
        AnswerNeed, text="bon, un prêt alors", intent="need_loans", entities=[need("loans")]
    )
    assert kinds(messages) & {"loan", "honour_loan", "guarantee"}
