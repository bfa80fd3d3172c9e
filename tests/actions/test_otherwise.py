from actions.answer_need import AnswerNeed
from actions.other_business_need import OtherBusinessNeed
from actions.out_of_scope import OutOfScope
from tests.actions.conftest import QUIMPER, Conversation, need
from tests.actions.shipped import shipped_services

RANKING = ["need_website", "greet", "need_visibility", "need_online_store", "need_training"]
OTHERS = ["Être mieux trouvé sur internet", "Vendre en ligne sur ma propre boutique"]


def titles(message):
    return [button["title"] for button in message["buttons"]]


async def website(conversation, *entities, sure):
    return await conversation.run(
        AnswerNeed, intent="need_website", entities=[need("website"), *entities], ranking=RANKING, sure=sure
    )


async def test_an_answer_that_may_be_the_wrong_one_names_what_else_was_likely(conversation):
    last = (await website(conversation, QUIMPER, sure=False))[-1]
    assert titles(last) == OTHERS
    assert all(title in last["text"] for title in OTHERS)


async def test_a_sure_answer_names_nothing_else(conversation):
    assert all(
        OTHERS[0] not in titles(message) for message in await website(conversation, QUIMPER, sure=True)
    )


async def test_a_question_stays_the_last_thing_said(conversation):
    others, question = await website(conversation, sure=False)
    assert titles(others) == OTHERS
    assert conversation.slots["awaiting"] == "place"
    assert question["response"] == "utter_ask_place"


async def test_beside_our_question_asked_again_nothing_else_is_offered(conversation):
    await website(conversation, sure=False)
    (question,) = await website(conversation, sure=False)
    assert set(OTHERS).isdisjoint(titles(question))
    assert conversation.slots["awaiting"] == "place"
    assert titles((await website(conversation, QUIMPER, sure=False))[-1]) == OTHERS


async def test_what_may_be_in_scope_after_all_gives_its_likely_needs_as_examples(conversation):
    (message,) = await conversation.run(
        OutOfScope, text="ça rame", intent="out_of_scope", ranking=["out_of_scope", *RANKING], sure=False
    )
    assert titles(message)[:3] == ["Créer ou refaire un site internet", *OTHERS]


async def test_what_may_be_a_need_after_all_is_offered_behind_the_official_body():
    messages = await Conversation(shipped_services()).run(
        OtherBusinessNeed, text="mon bail", intent="other_business_need", ranking=RANKING, sure=False
    )
    assert titles(messages[-1]) == ["Créer ou refaire un site internet", OTHERS[0]]


async def test_what_may_be_out_of_scope_after_a_doubt_is_a_second_doubt(conversation):
    conversation.slots["doubts"] = 1
    (message,) = await conversation.run(
        OutOfScope, text="le machin", intent="out_of_scope", ranking=["out_of_scope", *RANKING], sure=False
    )
    assert message["custom"]["type"] == "contacts"
    assert conversation.slots["doubts"] == 2
