from actions.answer_need import AnswerNeed
from actions.take_information import TakeInformation
from tests.actions.conftest import QUIMPER, SAINT_DENIS, a_scheme, location, need


async def test_place_is_asked_only_when_it_is_not_known(conversation):
    (question,) = await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    assert question["response"] == "utter_ask_place"
    assert conversation.slots["awaiting"] == "place"


async def test_need_with_place_is_answered_with_contacts_and_schemes(conversation):
    contacts, funding = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"
    assert [item["id"] for item in contacts["custom"]["items"]] == ["contact-1", "contact-2", "contact-3"]
    assert contacts["custom"]["territory"] == {"level": "commune", "code": "29232", "name": "Quimper"}
    assert contacts["custom"]["more"] is True
    assert funding["custom"]["type"] == "funding"
    assert funding["custom"]["items"][0]["id"] == "cheque-essai"


async def test_text_alone_holds_every_fact(conversation):
    contacts, funding = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    for fact in (
        "à Quimper",
        "Chambre d’essai 1",
        "02 99 00 00 00",
        "https://example.org/1",
        "Raison numéro 1.",
    ):
        assert fact in contacts["text"]
    assert "À confirmer (octobre 2019). Source\u00a0: https://example.org/source" in contacts["text"]
    assert "Prochaine étape" in contacts["text"]
    for fact in (
        "Chèque d’essai – Région d’essai",
        "Donné ouvert (juin 2026).",
        "Montant\u00a0: pas chiffré, à demander au financeur",
        "votre effectif",
    ):
        assert fact in funding["text"]


async def test_scheme_that_is_refused_says_why_and_asks_nothing(conversation, knowledge):
    refused = a_scheme(eligible="no", missing=[], reasons=["Trop de salariés.", "Activité exclue."])
    knowledge.scheme_list[:] = [refused]
    _, funding = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert "Vous n’y avez pas droit d’après ce que vous avez dit. Trop de salariés." in funding["text"]
    assert "Il manque" not in funding["text"]


async def test_need_without_schemes_has_no_funding_message(conversation, knowledge):
    knowledge.scheme_list.clear()
    messages = await conversation.run(
        AnswerNeed, intent="need_training", entities=[need("training"), QUIMPER]
    )
    assert [message["custom"]["type"] for message in messages] == ["contacts"]


async def test_everything_said_is_used_and_kept_for_the_next_need(conversation, knowledge):
    facts = [
        need("export_prospecting"),
        QUIMPER,
        {"entity": "country", "value": "DE", "start": 0},
        {"entity": "company_size", "value": 3, "start": 0},
        {
            "entity": "sector",
            "value": "10",
            "start": 0,
            "additional_info": {"trade": "boulanger", "craft": True},
        },
    ]
    await conversation.run(AnswerNeed, intent="need_export_prospecting", entities=facts)
    await conversation.run(AnswerNeed, intent="need_grants", entities=[need("grants")])
    assert knowledge.asked == [
        ("export_prospecting", "29232", "10", "boulanger", True, 3, "DE"),
        ("grants", "29232", "10", "boulanger", True, 3, "DE"),
    ]


async def test_two_needs_are_answered_in_order(conversation):
    messages = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), need("grants"), QUIMPER]
    )
    needs = [message["custom"]["need"] for message in messages if message["custom"]["type"] == "contacts"]
    assert needs == ["website", "grants"]


async def test_two_needs_wait_for_the_place(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), need("grants")])
    messages = await conversation.run(TakeInformation, intent="inform", entities=[QUIMPER])
    needs = [message["custom"]["need"] for message in messages if message["custom"]["type"] == "contacts"]
    assert needs == ["website", "grants"]


async def test_ambiguous_place_is_asked_back(conversation):
    (question,) = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), SAINT_DENIS]
    )
    assert question["response"] == "utter_ask_which_place"
    assert question["name"] == "Saint-Denis"
    assert question["options"] == "en Seine-Saint-Denis ou à La Réunion"
    assert [button["payload"] for button in question["buttons"]] == [
        "Saint-Denis (93)",
        "Saint-Denis (974)",
        "Sans lieu précis",
    ]


async def test_departement_named_in_answer_settles_the_place(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), SAINT_DENIS])
    reunion = location("La Réunion", "974", departement="974", region="04", level="departement")
    contacts, *_ = await conversation.run(TakeInformation, intent="inform", entities=[reunion])
    assert contacts["custom"]["territory"]["code"] == "97411"


async def test_invalid_siret_is_said_and_the_answer_goes_on(conversation):
    wrong = {"entity": "invalid_siret", "value": "12345678900011", "start": 0}
    notice, contacts, *_ = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER, wrong]
    )
    assert notice["response"] == "utter_invalid_siret"
    assert notice["number"] == "12345678900011"
    assert contacts["custom"]["type"] == "contacts"


async def test_what_belongs_to_a_need_is_offered_behind_its_answer(conversation):
    messages = await conversation.run(
        AnswerNeed, intent="need_diagnosis", entities=[need("diagnosis"), QUIMPER]
    )
    titles = [button["title"] for button in messages[-1]["buttons"]]
    assert titles[0] == "Faire le point en 8 questions"


NUMBER = {"entity": "phone", "value": "+33612345678", "start": 0, "end": 14}


async def test_who_leaves_a_number_with_a_need_is_offered_a_request(conversation):
    entities = [need("website"), QUIMPER, NUMBER]
    *_, last = await conversation.run(
        AnswerNeed, text="un site, mon 06 12…", intent="need_website", entities=entities
    )
    assert last["text"].startswith("Voulez-vous que je transmette une demande")
    assert conversation.slots["form"]["question"] == "offer"


async def test_who_asks_to_be_called_back_has_accepted(conversation):
    entities = [need("website"), QUIMPER, NUMBER]
    await conversation.run(
        AnswerNeed, text="rappelez-moi pour un site", intent="need_website", entities=entities
    )
    assert conversation.slots["form"]["question"] == "name"


async def test_a_need_without_a_number_gets_no_form(conversation):
    await conversation.run(
        AnswerNeed, text="un site", intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert conversation.slots.get("form") is None
