from actions.answer_need import AnswerNeed
from actions.feedback_negative import FeedbackNegative
from tests.actions.conftest import QUIMPER, need


async def complain(conversation, text="c'est nul"):
    return await conversation.run(FeedbackNegative, text=text, intent="feedback_negative")


async def test_a_useless_answer_is_regretted_once_with_three_ways_on(conversation):
    (said,) = await complain(conversation)
    assert said["response"] == "utter_feedback_negative"
    titles = [button["title"] for button in said["buttons"]]
    assert titles == ["Changer de lieu", "Un autre besoin", "Parler à un conseiller"]


async def test_the_second_in_a_row_leads_to_a_person(conversation):
    await complain(conversation)
    assert await complain(conversation) == []
    assert conversation.followup == "action_talk_to_human"


async def test_an_answer_in_between_begins_anew(conversation):
    await complain(conversation)
    await conversation.run(AnswerNeed, intent="need_payroll", entities=[need("payroll"), QUIMPER])
    assert len(await complain(conversation)) == 1


async def test_another_need_is_asked_for(conversation):
    await conversation.run(AnswerNeed, intent="need_payroll", entities=[need("payroll"), QUIMPER])
    await complain(conversation)
    (question,) = await complain(conversation, "Un autre besoin")
    assert question["response"] == "utter_ask_need_at"
    assert conversation.slots["need"] is None
