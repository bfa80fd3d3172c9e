import pytest

from actions.answer_need import AnswerNeed
from actions.answer_question import AnswerQuestion
from actions.compare_sales_channels import CompareSalesChannels
from actions.comparing import named_comparison
from actions.courtesy import Courtesy
from actions.take_information import TakeInformation
from tests.actions.conftest import QUIMPER, Conversation, need
from tests.actions.shipped import shipped_services

SELL, BUILD = "marketplace-or-own-site", "agency-freelance-diy"


@pytest.fixture
def owner():
    return Conversation(shipped_services())


def plain(messages):
    said = " / ".join(message["text"] or message["response"] for message in messages)
    return said.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


async def compare(owner, text, **more):
    return await owner.run(CompareSalesChannels, text=text, intent="compare_sales_channels", **more)


async def say(owner, text, intent="inform", **more):
    return await owner.run(AnswerQuestion, text=text, intent=intent, **more)


def question(owner):
    return owner.slots["form"]["question"]


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("etsy ou mon site a moi ?", SELL),
        ("Booking ou réservation sur mon site c'est quoi le plus malin pour un gîte", SELL),
        ("uber eats, ou livrer moi-même", SELL),
        ("le click and collect, c'est bien pour moi ?", SELL),
        ("agence ou me débrouiller", BUILD),
        ("mon neveu ou un pro pour le site", BUILD),
        ("seo ou google ads ?", "seo-or-ads"),
        ("facebook suffit ou il faut un vrai site", "social-network-page-or-site"),
        ("shopify ou prestashop", "subscription-shop-or-open-source"),
        ("etsy ou amazon", "specialised-or-general-marketplace"),
        ("lequel choisir", None),
    ],
)
def test_which_comparison_is_asked_for(text, record):
    assert named_comparison(shipped_services(), text) == record


@pytest.mark.parametrize(
    ("need_at_hand", "record"), [("website", BUILD), ("online_store", SELL), ("payroll", None)]
)
def test_the_need_at_hand_says_which_where_words_do_not(need_at_hand, record):
    assert named_comparison(shipped_services(), "lequel choisir", need_at_hand) == record


async def test_advice_has_reasons_from_the_answers_a_budget_and_the_other_way(owner):
    await compare(owner, "amazon ou mon site ?")
    for answer in ("des bijoux faits main", "petite marge", "De toute la France ou de plus loin"):
        await say(owner, answer)
    advice, place = await say(owner, "2")
    text = plain([advice])
    assert "ce qui vous convient le mieux : un site à vous." in text
    assert "Vos produits se reconnaissent" in text
    assert "Votre marge est petite" in text
    assert "L'autre choix qui se défend : une place de marché" in text
    assert "À surveiller :" in text
    assert "de 27 à 299 € par mois" in text
    assert place["response"] == "utter_ask_place"
    assert (owner.slots["need"], owner.slots["awaiting"]) == ("online_store", "place")
    assert advice["custom"]["type"] == "guidance"
    assert advice["custom"]["topic"] == "compare_sales_channels"
    assert all(fact["source_url"] for fact in advice["custom"]["facts"])
    contacts, *_ = await owner.run(TakeInformation, text="Quimper", intent="inform", entities=[QUIMPER])
    assert contacts["custom"]["need"] == "online_store"


async def test_no_more_than_four_questions_and_contacts_at_once_where_the_place_is_known(owner):
    await compare(owner, "marketplace ou site ?", entities=[QUIMPER])
    asked = []
    while owner.slots["form"]:
        asked.append(question(owner))
        messages = await say(owner, "1")
    assert asked == ["product", "margin", "customers", "time"]
    assert [message["custom"]["type"] for message in messages[:2]] == ["guidance", "contacts"]


async def test_two_ways_that_are_worth_the_same_are_both_advised(owner):
    await compare(owner, "marketplace ou site ?", entities=[QUIMPER])
    for answer in ("1", "oui", "2"):
        await say(owner, answer, intent="affirm" if answer == "oui" else "inform")
    messages = await say(owner, "très peu de temps")
    text = plain(messages[:1])
    assert "les deux se valent : une place de marché et un site à vous" in text
    assert "la plateforme fait connaître, le site fidélise" in text
    assert messages[-1]["buttons"][0]["title"] == "Vendre en ligne sur ma propre boutique"


async def test_pickup_in_the_shop_is_advised_to_a_shop_with_neighbours(owner):
    await compare(owner, "amazon ou mon site ?")
    for answer in ("des plats cuisinés", "marge moyenne", "les gens du quartier"):
        await say(owner, answer)
    advice, _ = await say(owner, "1")
    assert "le retrait en magasin" in plain([advice])
    assert advice["custom"]["facts"][0]["id"] == "click-and-collect"


async def test_who_makes_the_site_is_asked_in_three_questions_a_sum_among_them(owner):
    await compare(owner, "agence ou moi-même ?")
    await say(owner, "une boutique pour vendre")
    await say(owner, "pas le temps")
    advice, _ = await say(owner, "3 000")
    assert "un indépendant" in plain([advice])
    assert owner.slots["need"] == "online_store"
    # The prices are those of a shop, not of a few pages.
    assert [fact["id"] for fact in advice["custom"]["facts"]] == ["shop-cms"]


async def test_what_is_known_of_the_firm_is_not_asked(owner):
    owner.slots |= {"sector": {"division": "55"}, "amount": 800}
    await compare(owner, "booking ou mon site ?")
    assert question(owner) == "margin"
    assert owner.slots["form"]["answers"] == {"which": SELL, "product": "booking", "budget": "small"}
    await compare(owner, "agence ou moi-même ?")
    await say(owner, "quelques pages")
    advice, _ = await say(owner, "je m'y connais")
    assert "Votre budget est sous les prix habituels d'un prestataire." in plain([advice])


async def test_a_budget_told_as_a_sum_answers_the_question(owner):
    await compare(owner, "agence ou moi-même ?")
    await say(owner, "1")
    await say(owner, "1")
    await say(owner, "on a huit mille euros", entities=[{"entity": "amount", "value": 8000}])
    assert owner.slots["results"]["compare_sales_channels"]["budget"] == "large"
    assert owner.slots["amount"] == 8000


@pytest.mark.parametrize(
    ("text", "topic", "need_after"),
    [
        ("seo ou google ads ?", "seo-or-ads", "visibility"),
        ("facebook ou un site", "social-network-page-or-site", "website"),
        ("etsy ou amazon", "specialised-or-general-marketplace", "marketplace"),
    ],
)
async def test_other_comparisons_are_told_without_questions(owner, text, topic, need_after):
    told, place = await compare(owner, text)
    assert told["custom"]["facts"][0]["id"] == topic
    assert len(told["custom"]["facts"]) <= 3
    assert place["response"] == "utter_ask_place"
    assert owner.slots["need"] == need_after
    assert not owner.slots.get("form")


async def test_which_comparison_is_asked_where_nothing_says_it(owner):
    await compare(owner, "lequel choisir")
    assert question(owner) == "which"
    await say(owner, "Agence, indépendant ou moi-même")
    assert question(owner) == "scope"
    await compare(owner, "lequel choisir")
    told, _ = await say(owner, "seo ou pub")
    assert told["custom"]["facts"][0]["id"] == "seo-or-ads"


async def test_nonsense_twice_to_every_question_still_ends_with_something_to_go_by(owner):
    await compare(owner, "lequel choisir")
    for _ in range(10):
        if not owner.slots["form"]:
            break
        messages = await say(owner, "bof bof")
        assert len(messages) == 1
        messages = await say(owner, "blub", intent="out_of_scope")
        assert messages[0]["response"] == "utter_form_skipped"
    assert "Sans clientèle en ligne" in plain(messages)
    assert messages[-1]["response"] == "utter_ask_place"


async def test_nonsense_to_the_four_questions_gives_the_comparison_without_advice(owner):
    await compare(owner, "amazon ou mon site ?")
    for _ in range(8):
        messages = await say(owner, "bof bof")
    assert not owner.slots["form"]
    assert "ce qui vous convient" not in plain(messages)
    assert "Sans clientèle en ligne" in plain(messages)


async def test_one_answer_is_too_little_for_advice(owner):
    await compare(owner, "amazon ou mon site ?")
    await say(owner, "1")
    for _ in range(3):
        messages = await say(owner, "je ne sais pas")
    assert "ce qui vous convient" not in plain(messages)


async def test_an_earlier_answer_is_changed_during_a_later_question(owner):
    await compare(owner, "amazon ou mon site ?")
    for answer in ("1", "3", "dans toute la france"):
        await say(owner, answer)
    assert question(owner) == "time"
    messages = await say(owner, "non en fait je vends surtout sur les marchés", intent="correct")
    assert messages[0]["response"] == "utter_form_changed"
    assert question(owner) == "time"
    advice, _ = await say(owner, "Très peu de temps")
    assert "Vos clients vous connaissent déjà" in plain([advice])


async def test_the_comparison_itself_is_changed_in_the_middle(owner):
    await compare(owner, "amazon ou mon site ?")
    await say(owner, "1")
    await say(owner, "finalement c'est plutôt agence ou indépendant", intent="compare_sales_channels")
    assert question(owner) == "scope"


async def test_other_subjects_are_answered_and_the_question_comes_back(owner):
    await compare(owner, "amazon ou mon site ?")
    await say(owner, "êtes-vous un robot ?", intent="bot_challenge")
    assert owner.followup == "action_courtesy"
    assert "Que vendez-vous surtout ?" in plain(await owner.run(Courtesy, intent="bot_challenge"))
    await say(owner, "combien coûte une boutique ?", intent="ask_cost")
    assert owner.followup == "action_ask_cost"
    await say(owner, "il me faut aussi un prêt", intent="need_loans")
    assert owner.followup == "action_answer_need"
    *_, last = await owner.run(AnswerNeed, intent="need_loans", entities=[need("loans"), QUIMPER])
    assert plain([last]).endswith("Que vendez-vous surtout ?")
    assert question(owner) == "product"


async def test_the_questions_can_be_stopped(owner):
    await compare(owner, "amazon ou mon site ?")
    (stopped,) = await say(owner, "laissez tomber")
    assert stopped["response"] == "utter_form_stopped"
    assert owner.slots["form"] is None


async def test_a_comparison_that_an_editor_took_away_leaves_the_contacts(owner, monkeypatch):
    monkeypatch.setattr(owner.services.knowledge.guidance, "comparison_of", lambda key: None)
    (place,) = await compare(owner, "seo ou google ads ?")
    assert place["response"] == "utter_ask_place"


async def test_which_of_the_contacts_is_the_best_is_no_comparison_of_channels():
    shipped = Conversation(shipped_services())
    await shipped.run(AnswerNeed, text="un site", intent="need_website", entities=[need("website"), QUIMPER])
    await shipped.run(
        CompareSalesChannels, text="lequel est le plus rapide ?", intent="compare_sales_channels"
    )
    assert shipped.followup == "action_ask_why"
