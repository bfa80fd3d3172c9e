import pytest

from actions.answer_need import AnswerNeed
from actions.ask_cost import AskCost
from actions.more_results import MoreResults
from actions.take_information import TakeInformation
from settings import ROOT
from tests.actions.conftest import QUIMPER, Conversation, a_price, a_scheme, need
from tests.actions.shipped import shipped_services
from yaml_files import read_yaml


@pytest.fixture
def priced(conversation, knowledge):
    """A conversation in which five prices of a site and none of payroll are known."""
    knowledge.guidance.prices = [a_price(f"site-{number}") for number in range(1, 6)]
    knowledge.guidance.needs = {f"site-{number}": ("website",) for number in range(1, 6)}
    return conversation


@pytest.fixture
def shipped():
    return Conversation(shipped_services())


async def test_prices_come_at_once_then_the_place_is_asked_for(priced):
    prices, place = await priced.run(AskCost, text="combien coûte un site internet", intent="ask_cost")
    assert prices["custom"]["type"] == "guidance"
    assert [fact["id"] for fact in prices["custom"]["facts"]] == ["site-1", "site-2", "site-3"]
    assert "Source : https://example.org/prix" in prices["text"].replace("\u00a0", " ")
    assert place["response"] == "utter_ask_place_for_aid"
    assert (priced.slots["need"], priced.slots["awaiting"]) == ("website", "place")


async def test_the_place_completes_the_answer(priced):
    await priced.run(AskCost, text="combien coûte un site internet", intent="ask_cost")
    messages = await priced.run(TakeInformation, text="à Quimper", intent="inform", entities=[QUIMPER])
    assert {"contacts", "funding"} <= {each["custom"]["type"] for each in messages if each["custom"]}


async def test_schemes_that_pay_for_others_or_have_ended_are_left_out(priced, knowledge):
    knowledge.scheme_list = [
        a_scheme(id="open"),
        a_scheme(id="ruled-out", eligible="no"),
        a_scheme(id="over", status="ended", eligible="no"),
    ]
    _, funding = await priced.run(AskCost, text="prix d'un site", intent="ask_cost", entities=[QUIMPER])
    assert [item["id"] for item in funding["custom"]["items"]] == ["open"]


async def test_no_scheme_is_said_with_a_way_on(priced, knowledge):
    knowledge.scheme_list = []
    _, none = await priced.run(AskCost, text="prix d'un site", intent="ask_cost", entities=[QUIMPER])
    assert none["response"] == "utter_no_aid_for_price"
    assert none["buttons"]


async def test_the_need_at_hand_answers_a_bare_question(priced):
    await priced.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    prices, _ = await priced.run(AskCost, text="et c'est combien ?", intent="ask_cost")
    assert prices["custom"]["topic"] == "ask_cost"


async def test_another_result_after_a_price_begins_with_the_first_contact(priced):
    await priced.run(AskCost, text="prix d'un site", intent="ask_cost", entities=[QUIMPER])
    contacts, *_ = await priced.run(MoreResults, intent="more_results")
    assert contacts["custom"]["items"][0]["id"] == "contact-1"


async def test_a_question_that_names_nothing_is_asked_back_with_topics_that_have_prices(priced):
    ranking = ["ask_cost", "need_payroll", "need_website"]
    (which,) = await priced.run(AskCost, text="c'est combien", intent="ask_cost", ranking=ranking)
    assert [button["title"] for button in which["buttons"]] == ["Prix d’un site internet"]
    assert priced.slots["awaiting"] == "cost"
    prices, _ = await priced.run(AskCost, text="le site", intent="need_website")
    assert prices["custom"]["facts"]


async def test_a_price_that_nobody_read_is_no_dead_end(priced):
    none, _ = await priced.run(AskCost, text="prix d'un bulletin de paie", intent="ask_cost")
    assert none["custom"] is None or not none["custom"]
    assert "Chambre d’essai 1" in none["text"]


async def test_a_price_in_the_middle_of_a_form_asks_for_no_place(priced):
    from actions.compare_sales_channels import CompareSalesChannels

    await priced.run(CompareSalesChannels, text="site ou place de marché ?", intent="compare_sales_channels")
    if not priced.slots.get("form"):
        pytest.skip("the comparison asks nothing here")
    messages = await priced.run(AskCost, text="prix d'un site", intent="ask_cost")
    assert not [each for each in messages if each["response"] == "utter_ask_place_for_aid"]


def test_every_button_about_a_price_starts_the_action():
    topics = shipped_services().wording.cost_topics["topics"]
    config = read_yaml(ROOT / "config.yml")
    policy = next(each for each in config["policies"] if "commands" in each)
    assert {topic["button"] for topic in topics.values()} == set(policy["commands"]["action_ask_cost"])
    assert set(topics) == set(shipped_services().wording.needs)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "combien coûte un site pour un couvreur",
            {"site-agency", "site-diy-subscription", "site-freelance"},
        ),
        ("et l'hébergement, chaque année ?", {"web-hosting"}),
        ("assurance crédit c'est quel tarif", {"credit-insurance-price"}),
        ("prix d'un transitaire", {"customs-declaration"}),
        ("le conseiller, il va m'envoyer une facture ou c'est offert", {"public-adviser"}),
    ],
)
async def test_the_price_that_is_named_is_given(shipped, text, facts):
    prices, *_ = await shipped.run(AskCost, text=text, intent="ask_cost")
    assert {fact["id"] for fact in prices["custom"]["facts"]} == facts


async def test_what_is_only_near_is_said_to_be(shipped):
    near, *_ = await shipped.run(AskCost, text="prix d'un CRM", intent="ask_cost")
    assert near["text"].startswith("Je n’ai pas de prix vérifié pour cela même.")


async def test_advice_has_no_aid_and_makes_no_need(shipped):
    messages = await shipped.run(AskCost, text="c'est gratuit votre service ?", intent="ask_cost")
    assert len(messages) == 1
    assert shipped.slots.get("need") is None


async def test_the_trade_of_the_owner_is_no_subject_of_a_price():
    shipped = Conversation(shipped_services())
    text = "combien coûte un site pour mon salon de coiffure"
    start = text.index("salon")
    trade = {"entity": "sector", "value": "96", "start": start, "end": len(text), "additional_info": {}}
    prices, *_ = await shipped.run(AskCost, text=text, intent="ask_cost", entities=[trade])
    assert "site" in prices["custom"]["facts"][0]["id"]


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("c'est gratuit ?", True),
        ("vous êtes payants ?", True),
        ("votre service coûte combien", True),
        ("C'est gratuit la CMA ?", False),
    ],
)
async def test_what_asking_costs_is_said_whatever_need_is_at_hand(shipped, text, ours):
    shipped.slots |= {"need": "website", "place": {"level": "commune", "code": "29232"}}
    (said,) = await shipped.run(AskCost, text=text, intent="ask_cost")
    assert [fact["id"] for fact in said["custom"]["facts"]] == ["public-adviser"]
    assert ("ne coûte rien" in said["text"]) is ours


async def test_a_platform_that_is_named_is_no_public_body(shipped):
    prices, *_ = await shipped.run(AskCost, text="Amazon c'est gratuit ?", intent="ask_cost")
    assert "public-adviser" not in [fact["id"] for fact in prices["custom"]["facts"]]
