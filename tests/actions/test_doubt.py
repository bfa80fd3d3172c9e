from actions.answer_need import AnswerNeed
from actions.courtesy import Courtesy
from actions.offer_choices import OfferChoices
from actions.out_of_scope import OutOfScope
from actions.yes_and_no import Deny
from tests.actions.conftest import QUIMPER, a_price, need

RANKING = [
    "need_website",
    "greet",
    "need_loans",
    "need_payroll",
    "need_training",
    "need_grants",
    "need_diagnosis",
]


def titles(message):
    return [button["title"] for button in message["buttons"]]


async def doubt(conversation):
    (message,) = await conversation.run(OfferChoices, text="heu le truc", ranking=RANKING)
    return message


async def test_the_second_doubt_in_a_row_gives_people_to_call(conversation):
    first = await doubt(conversation)
    assert len(titles(first)) == 4
    second = await doubt(conversation)
    assert second["custom"]["type"] == "contacts"
    assert second["custom"]["need"] is None
    assert "Chambre d’essai 1" in second["text"]
    assert titles(second) == ["Parler à un conseiller", "Que pouvez-vous faire ?".replace(" ?", "\u202f?")]


async def test_a_message_that_is_understood_begins_the_count_anew(conversation):
    await doubt(conversation)
    await conversation.run(Courtesy, intent="thank")
    again = await doubt(conversation)
    assert again["custom"] == {}
    assert conversation.slots["doubts"] == 1


async def test_needs_that_were_just_refused_are_not_offered_again(conversation):
    first = await doubt(conversation)
    await conversation.run(Courtesy, intent="thank")
    again = await doubt(conversation)
    assert set(titles(first)[:3]).isdisjoint(titles(again)[:3])


async def test_a_need_that_is_answered_clears_what_was_offered(conversation):
    await doubt(conversation)
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    assert conversation.slots["offered"] == []


async def test_a_few_words_behind_an_answer_are_about_it(conversation):
    guidance = conversation.services.knowledge.guidance
    guidance.prices, guidance.needs = [a_price("site-1")], {"site-1": ("website",)}
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    (message,) = await conversation.run(OfferChoices, text="j'y ai droit ?", ranking=["need_loans", *RANKING])
    assert "avoir un site internet" in message["text"]
    assert titles(message) == [
        "Prix d’un site internet",
        "Trouver une aide ou une subvention",
        "Voir d’autres contacts",
        "Parler à un conseiller",
        "Trouver un prêt ou une garantie",
    ]


async def test_a_long_message_behind_an_answer_may_be_another_need(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])
    text = "mon comptable dit que pour les factures et la caisse il faudrait changer bientôt"
    (message,) = await conversation.run(OfferChoices, text=text, ranking=RANKING)
    assert titles(message)[0] == "Créer ou refaire un site internet"


async def test_out_of_scope_gives_examples(conversation):
    (message,) = await conversation.run(OutOfScope, text="il fait beau ?", intent="out_of_scope")
    assert message["response"] == "utter_out_of_scope"
    assert len(titles(message)) == 4


async def test_who_refuses_the_needs_offered_is_offered_others_and_asked_for_their_own_words(conversation):
    first = await doubt(conversation)
    (second,) = await conversation.run(Deny, text="c'est pas ça", intent="deny")
    assert "en une phrase" in second["text"]
    assert len(titles(second)) > 2
    assert set(titles(first)[:3]).isdisjoint(titles(second))
    assert titles(second)[-1] == "Parler à un conseiller"


async def test_who_refuses_those_as_well_is_led_to_a_person(conversation):
    await doubt(conversation)
    await conversation.run(Deny, text="c'est pas ça", intent="deny")
    await conversation.run(Deny, text="non plus", intent="deny")
    assert conversation.followup == "action_talk_to_human"


async def test_a_need_that_is_named_with_the_refusal_is_answered(conversation):
    await doubt(conversation)
    await conversation.run(Deny, text="non, pas un prêt, une subvention", intent="deny")
    assert conversation.followup == "action_answer_need"


async def test_a_contract_that_is_regretted_is_no_need_in_doubt(conversation):
    await conversation.run(OfferChoices, text="j'ai signé hier, je peux annuler ?", intent="deny")
    assert conversation.followup == "action_other_business_need"


async def test_thanks_and_a_farewell_at_once_are_no_doubt(conversation):
    await conversation.run(OfferChoices, text="merci au revoir", intent="thank", ranking=["thank", "goodbye"])
    assert conversation.followup == "action_courtesy"


async def test_what_hardly_sounds_like_a_question_about_robots_is_a_doubt(conversation):
    said = {"text": "mais si vous savez bien le machin", "intent": "bot_challenge"}
    await conversation.run(Courtesy, **said, sure=False)
    assert conversation.followup == "action_offer_choices"
    (answer,) = await conversation.run(
        Courtesy, text="vous êtes un robot ?", intent="bot_challenge", sure=False
    )
    assert answer["response"] == "utter_bot_challenge"
