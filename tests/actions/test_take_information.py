import pytest

from actions.answer_need import AnswerNeed
from actions.take_information import TakeInformation
from tests.actions.conftest import QUIMPER, location, need

BELGIUM = {"entity": "country", "value": "BE", "start": 0, "end": 8}
RENNES = location("Rennes", "35238", departement="35")


async def test_place_answers_the_question(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    contacts, *_ = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert contacts["custom"]["need"] == "website"
    assert conversation.slots["awaiting"] is None


async def test_corrected_place_gives_a_new_answer(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    contacts, *_ = await conversation.run(TakeInformation, intent="correct", entities=[RENNES])
    assert contacts["custom"]["territory"]["code"] == "35238"
    assert contacts["custom"]["items"][0]["id"] == "contact-1"


async def test_denied_place_is_not_taken_whatever_the_order(conversation):
    text = "c'est Rennes, pas à Quimper"
    places = [
        location("Rennes", "35238", start=text.index("Rennes")),
        location("Quimper", "29232", start=text.index("Quimper")),
    ]
    await conversation.run(TakeInformation, text=text, intent="correct", entities=places)
    assert conversation.slots["place"]["code"] == "35238"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("depuis 2019, 60000 de CA", None),
        ("un chiffre d’affaires de 60000", None),
        ("CA 60000", None),
        ("on fait 60000 de chiffre", None),
        ("60000 euros par mois", None),
        ("il me doit 60000", None),
        ("60000 euros de travaux", 60000),
        ("60000 à cause du toit", 60000),
        ("60000 pour dix mois de travaux", 60000),
    ],
)
async def test_a_turnover_is_not_what_the_project_costs(conversation, text, kept):
    start = text.index("60000")
    told = {"entity": "amount", "value": 60000, "start": start, "end": start + 5}
    await conversation.run(TakeInformation, text=text, intent="inform", entities=[told])
    assert conversation.slots.get("amount") == kept


async def test_unknown_place_is_asked_again_once_then_answered_without(conversation, knowledge):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    (again,) = await conversation.run(TakeInformation, text="à Trifouillis", intent="inform")
    assert again["response"] == "utter_place_unknown"
    contacts, *_ = await conversation.run(TakeInformation, text="Trifouillis", intent="inform")
    assert contacts["custom"]["territory"] is None
    assert "contacts nationaux" in contacts["text"]


async def test_place_abroad_is_a_country_and_is_answered(conversation, knowledge):
    await conversation.run(AnswerNeed, intent="need_customs_vat", entities=[need("customs_vat")])
    belgium = {"entity": "country", "value": "BE", "start": 0}
    contacts, *_ = await conversation.run(
        TakeInformation, text="Bruxelles", intent="inform", entities=[belgium]
    )
    assert contacts["custom"]["type"] == "contacts"
    assert "Belgique" in contacts["text"]
    assert knowledge.asked[-1][-1] == "BE"


async def test_place_without_a_need_asks_what_is_needed(conversation):
    (question,) = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert question["response"] == "utter_ask_need_at"
    assert question["place"] == "à Quimper"
    assert len(question["buttons"]) == 6


async def test_change_of_place_is_asked_for(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    (question,) = await conversation.run(TakeInformation, text="Changer de lieu", intent="correct")
    assert question["response"] == "utter_ask_place"
    contacts, *_ = await conversation.run(TakeInformation, intent="inform", entities=[RENNES])
    assert contacts["custom"]["territory"]["code"] == "35238"


async def test_commune_says_more_than_its_departement(conversation):
    town = location("Fort-de-France", "97209", departement="972", region="02")
    island = location("Martinique", "972", departement="972", region="02", level="departement", start=18)
    await conversation.run(TakeInformation, intent="inform", entities=[town, island])
    assert conversation.slots["place"] == {"level": "commune", "code": "97209"}


async def test_departement_elsewhere_is_a_new_place(conversation):
    morbihan = location("Morbihan", "56", departement="56", level="departement", start=12)
    await conversation.run(TakeInformation, intent="correct", entities=[QUIMPER, morbihan])
    assert conversation.slots["place"] == {"level": "departement", "code": "56"}


async def test_place_taken_back_with_a_curly_apostrophe_is_not_taken(conversation):
    text = "Rennes, pas d’Angers"
    places = [location("Rennes", "35238"), location("Angers", "49007", start=text.index("Angers"))]
    await conversation.run(TakeInformation, text=text, intent="correct", entities=places)
    assert conversation.slots["place"]["code"] == "35238"


async def test_no_before_a_place_and_more_in_one_are_no_denials(conversation):
    for text in ("non Rennes", "et en plus à Rennes"):
        place = location("Rennes", "35238", start=text.index("Rennes"))
        await conversation.run(TakeInformation, text=text, intent="correct", entities=[place])
        assert conversation.slots.pop("place")["code"] == "35238", text


async def test_every_need_of_a_message_is_answered_again_for_a_new_place(conversation):
    needs = [need("website"), need("grants"), QUIMPER]
    await conversation.run(AnswerNeed, intent="need_website", entities=needs)
    messages = await conversation.run(TakeInformation, intent="correct", entities=[RENNES])
    answered = [message["custom"]["need"] for message in messages if message["custom"]["type"] == "contacts"]
    assert answered == ["website", "grants"]


async def test_wrong_postcode_is_said_once(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    wrong = {"entity": "unknown_postcode", "value": "99999"}
    (notice,) = await conversation.run(TakeInformation, text="99999", intent="inform", entities=[wrong])
    assert notice["response"] == "utter_unknown_postcode"


async def test_bad_siret_instead_of_the_place_asks_for_the_place(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    wrong = {"entity": "invalid_siret", "value": "12345678900011"}
    notice, question = await conversation.run(TakeInformation, intent="inform", entities=[wrong])
    assert notice["response"] == "utter_invalid_siret"
    assert "votre code postal" in question["text"]  # in other words than before


async def test_homonyms_of_other_names_are_each_named(conversation):
    town = {"level": "commune", "code": "59009", "name": "Villeneuve-d'Ascq", "departement": "59"}
    other = {"level": "commune", "code": "94078", "name": "Villeneuve-Saint-Georges", "departement": "94"}
    place = location("Villeneuve-d'Ascq", "59009", departement="59", region="32", alternatives=[town, other])
    (question,) = await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), place])
    assert question["response"] == "utter_ask_which_of_places"
    assert "Villeneuve-Saint-Georges dans le Val-de-Marne" in question["options"]


async def test_what_a_customer_owes_is_not_what_a_project_costs(conversation, knowledge):
    costs = []
    knowledge.funding = lambda *_, amount=None, **__: costs.append(amount) or []
    owed = {"entity": "amount", "value": 18000, "start": 20, "end": 26}
    facts = [need("unpaid_abroad"), QUIMPER, owed]
    await conversation.run(
        AnswerNeed, text="un étranger me doit 18 000", intent="need_unpaid_abroad", entities=facts
    )
    await conversation.run(TakeInformation, text="Belgique", intent="inform", entities=[BELGIUM])
    assert conversation.slots["amount"] == 18000
    await conversation.run(AnswerNeed, text="un site", intent="need_website", entities=[need("website")])
    assert costs
    assert set(costs) == {None}


async def test_a_postcode_of_several_communes_is_asked_about_no_more_than_once(conversation):
    near = [{"level": "commune", "code": code, "departement": "07"} for code in ("07019", "07231", "07340")]
    postcode = location("07200", "07019", departement="07", region="84", alternatives=near[1:])
    await conversation.run(AnswerNeed, text="un site", entities=[need("website")])
    (asked,) = await conversation.run(TakeInformation, text="07200", intent="inform", entities=[postcode])
    assert asked["response"] == "utter_ask_which_of_places"
    await conversation.run(AnswerNeed, text="oui, une boutique", entities=[need("online_store")])
    assert conversation.slots["place"] == {"level": "departement", "code": "07"}
    assert conversation.slots["awaiting"] is None
