import pytest

from actions.answer_need import AnswerNeed
from actions.take_information import TakeInformation
from actions.yes_and_no import Affirm, Deny
from tests.actions.conftest import QUIMPER, need

JAPAN = {"entity": "country", "value": "JP", "start": 0, "end": 5}
GERMANY = {"entity": "country", "value": "DE", "start": 0, "end": 9}


def countries(*codes):
    return [{"entity": "country", "value": code, "start": 0, "end": 0} for code in codes]


async def asked_for_the_country(conversation):
    messages = await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER]
    )
    assert [each["response"] for each in messages] == ["utter_ask_country"]
    assert [each["title"] for each in messages[0]["buttons"]] == ["Je ne sais pas encore", "Plusieurs pays"]
    assert conversation.slots["awaiting"] == "country"


async def test_the_country_is_asked_after_the_place_and_answers(conversation, knowledge):
    await conversation.run(AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad")])
    (question,) = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert question["response"] == "utter_ask_country"
    contacts, *_ = await conversation.run(TakeInformation, text="Japon", intent="inform", entities=[JAPAN])
    assert "n’est pas membre de l’Union européenne" in contacts["text"]
    assert knowledge.asked[-1][-1] == "JP"


async def test_never_more_than_two_questions(conversation):
    await conversation.run(AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad")])
    await conversation.run(TakeInformation, text="à Trifouillis", intent="inform")
    contacts, *_ = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    assert contacts["custom"]["type"] == "contacts"


async def test_a_country_told_with_the_need_is_not_asked_for(conversation):
    contacts, *_ = await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER, GERMANY]
    )
    assert "Ce pays est membre de l’Union européenne." in contacts["text"]


@pytest.mark.parametrize(
    "text", ["vendre dans plusieurs pays", "l'octroi de mer pour La Réunion", "en Europe"]
)
async def test_what_no_country_would_change_is_not_asked_for(conversation, text):
    contacts, *_ = await conversation.run(
        AnswerNeed, text=text, intent="need_customs_vat", entities=[need("customs_vat"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (TakeInformation, "Plusieurs pays", "inform"),
        (Deny, "non", "deny"),
        (Affirm, "oui", "affirm"),
    ],
)
async def test_any_answer_without_a_country_is_the_last_question(conversation, action, text, intent):
    await asked_for_the_country(conversation)
    contacts, *_ = await conversation.run(action, text=text, intent=intent)
    assert contacts["custom"]["type"] == "contacts"
    again, *_ = await conversation.run(AnswerNeed, intent="need_customs_vat", entities=[need("customs_vat")])
    assert again["custom"]["need"] == "customs_vat"


async def test_a_country_that_nobody_knows_is_said_and_answered_all_the_same(conversation):
    await asked_for_the_country(conversation)
    unknown, contacts, *_ = await conversation.run(
        TakeInformation, text="le Trifouillistan", intent="out_of_scope"
    )
    assert unknown["response"] == "utter_country_unknown"
    assert contacts["custom"]["type"] == "contacts"


async def test_several_countries_are_all_in_question(conversation, knowledge):
    contacts, *_ = await conversation.run(
        AnswerNeed,
        text="vendre en Belgique et en Suisse",
        intent="need_customs_vat",
        entities=[need("customs_vat"), QUIMPER, *countries("BE", "CH")],
    )
    assert "(pays concernés\u00a0: Belgique et Suisse)" in contacts["text"]
    assert "Dans l’Union européenne\u00a0: Belgique. En dehors\u00a0: Suisse." in contacts["text"]
    assert conversation.slots["markets"] == ["BE", "CH"]
    assert knowledge.asked[-1][-1] == "BE"


@pytest.mark.parametrize(
    ("text", "area", "looked_up"),
    [
        ("en Afrique", "africa", "ZZ"),
        ("en Asie du Sud-Est", "asia", "ZZ"),
        ("dans l'UE", "union", "EU"),
        ("hors de l'Union européenne", "outside", "ZZ"),
        ("avec des clients européens", "europe", None),
    ],
)
async def test_an_area_is_an_answer(conversation, knowledge, text, area, looked_up):
    await asked_for_the_country(conversation)
    contacts, *_ = await conversation.run(TakeInformation, text=text, intent="inform")
    assert contacts["custom"]["type"] == "contacts"
    assert "zone concernée" in contacts["text"]
    assert (conversation.slots["markets"], knowledge.asked[-1][-1]) == ([area], looked_up)


async def test_an_area_instead_of_the_country_at_hand(conversation):
    await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER, GERMANY]
    )
    contacts, *_ = await conversation.run(TakeInformation, text="et en Asie ?", intent="inform")
    assert "zone concernée\u00a0: l’Asie" in contacts["text"]
    assert conversation.slots["country"] is None


async def test_a_country_is_no_area(conversation):
    south_africa = {"entity": "country", "value": "ZA", "start": 11, "end": 25}
    await conversation.run(
        AnswerNeed,
        text="vendre en  Afrique du Sud",
        intent="need_customs_vat",
        entities=[need("customs_vat"), QUIMPER, south_africa],
    )
    assert conversation.slots["markets"] == ["ZA"]


async def test_an_overseas_territory_beside_the_place_is_no_country_to_ask_for(conversation):
    tahiti = {"entity": "location", "value": "Polynésie française", "start": 0, "end": 6}
    info = {"level": "departement", "code": "987", "departement": "987", "region": "987"}
    contacts, *_ = await conversation.run(
        AnswerNeed,
        text="Tahiti, depuis Quimper",
        intent="need_customs_vat",
        entities=[need("customs_vat"), tahiti | {"additional_info": info}, QUIMPER],
    )
    assert "zone concernée\u00a0: l’outre-mer" in contacts["text"]


async def test_areas_mean_nothing_for_a_need_at_home(conversation):
    await conversation.run(
        AnswerNeed, text="des fonds de l'Europe", intent="need_grants", entities=[need("grants"), QUIMPER]
    )
    assert not conversation.slots.get("markets")


@pytest.mark.parametrize("text", ["c'est pas le bon pays", "vous vous êtes trompé de pays"])
async def test_the_wrong_country_is_asked_for_again(conversation, text):
    await conversation.run(
        AnswerNeed, intent="need_ip_abroad", entities=[need("ip_abroad"), QUIMPER, GERMANY]
    )
    (question,) = await conversation.run(TakeInformation, text=text, intent="feedback_negative")
    assert question["response"] == "utter_ask_country"
    contacts, *_ = await conversation.run(TakeInformation, text="Japon", intent="inform", entities=[JAPAN])
    assert "Japon" in contacts["text"]
    assert "Allemagne" not in contacts["text"]


async def test_a_place_corrected_while_the_country_is_awaited_is_kept(conversation):
    await asked_for_the_country(conversation)
    from tests.actions.test_take_information import RENNES

    (question,) = await conversation.run(TakeInformation, intent="correct", entities=[RENNES])
    assert "Quel pays" in question["text"]
    contacts, *_ = await conversation.run(TakeInformation, text="Japon", intent="inform", entities=[JAPAN])
    assert contacts["custom"]["territory"]["code"] == "35238"


async def test_needs_at_home_ask_for_no_country(conversation):
    contacts, *_ = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"
    assert "Union européenne" not in contacts["text"]
