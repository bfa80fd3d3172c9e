from actions.answer_need import AnswerNeed
from actions.ask_why import AskWhy
from actions.more_results import MoreResults
from tests.actions.conftest import QUIMPER, a_scheme, need


async def answered(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])


async def test_more_results_go_on_where_the_answer_stopped(conversation):
    await answered(conversation)
    (contacts,) = await conversation.run(MoreResults, intent="more_results")
    assert [item["id"] for item in contacts["custom"]["items"]] == ["contact-4", "contact-5"]
    assert "4. Chambre d’essai 4" in contacts["text"]
    assert contacts["custom"]["more"] is False


async def test_the_end_of_the_list_is_said_with_a_way_on(conversation):
    await answered(conversation)
    await conversation.run(MoreResults, intent="more_results")
    (end,) = await conversation.run(MoreResults, intent="more_results")
    assert end["response"] == "utter_no_more_results"
    assert len(end["buttons"]) == 2


async def test_more_results_before_any_answer_asks_for_the_need(conversation):
    (question,) = await conversation.run(MoreResults, intent="more_results")
    assert question["response"] == "utter_ask_need"


async def test_more_results_elsewhere_starts_a_new_list(conversation):
    await answered(conversation)
    from tests.actions.test_take_information import RENNES

    contacts, *_ = await conversation.run(MoreResults, intent="more_results", entities=[RENNES])
    assert contacts["custom"]["territory"]["code"] == "35238"
    assert contacts["custom"]["items"][0]["id"] == "contact-1"


async def test_why_repeats_the_reason_of_each_contact_shown(conversation):
    await answered(conversation)
    (reasons,) = await conversation.run(AskWhy, intent="ask_why")
    assert "Chambre d’essai 3\u00a0: Raison numéro 3." in reasons["text"]
    assert "numéro 4" not in reasons["text"]


async def test_why_after_more_explains_the_last_page(conversation):
    await answered(conversation)
    await conversation.run(MoreResults, intent="more_results")
    (reasons,) = await conversation.run(AskWhy, intent="ask_why")
    assert "Raison numéro 5." in reasons["text"]
    assert "Raison numéro 1." not in reasons["text"]


async def test_why_before_any_answer_says_so(conversation):
    nothing, question = await conversation.run(AskWhy, intent="ask_why")
    assert nothing["response"] == "utter_nothing_to_explain"
    assert question["response"] == "utter_ask_need"


async def test_why_while_we_ask_where_says_what_that_is_for_and_asks_again(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    reason, question = await conversation.run(AskWhy, intent="ask_why", text="pourquoi ?")
    assert reason["response"] == "utter_why_place"
    assert [button["title"] for button in question["buttons"]] == ["Sans lieu précis"]
    assert conversation.slots["awaiting"] == "place"


async def test_why_where_is_asked_can_be_asked_at_any_time(conversation):
    words = "pourquoi vous me demandez où je suis ?"
    reason, question = await conversation.run(AskWhy, intent="ask_why", text=words)
    assert (reason["response"], question["response"]) == ("utter_why_place", "utter_ask_need")
    await answered(conversation)
    (reason,) = await conversation.run(AskWhy, intent="ask_why", text=words)
    assert reason["response"] == "utter_why_place"


async def test_more_results_offers_the_button_while_schemes_are_left(conversation, knowledge):
    knowledge.contact_list[:] = knowledge.contact_list[:2]
    knowledge.scheme_list[:] = [a_scheme(id=f"scheme-{number}") for number in range(5)]
    messages = await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    assert "Voir d’autres contacts" in [button["title"] for button in messages[-1]["buttons"]]
    (schemes,) = await conversation.run(MoreResults, intent="more_results")
    assert [item["id"] for item in schemes["custom"]["items"]] == ["scheme-3", "scheme-4"]


async def test_nobody_to_call_for_a_need_gives_general_contacts(conversation, knowledge):
    knowledge.contacts = lambda *_, **__: []
    (contacts, *_) = await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER]
    )
    assert contacts["custom"]["items"][0]["id"] == "contact-1"


async def test_why_names_the_contacts_of_a_town_too(conversation):
    await answered(conversation)
    (reasons,) = await conversation.run(
        AskWhy, intent="ask_why", text="pourquoi ces contacts dans ma ville ?"
    )
    assert "Raison numéro 3." in reasons["text"]
