from dataclasses import replace

from actions.answer_need import AnswerNeed
from actions.ask_why import AskWhy
from actions.more_results import MoreResults
from knowledge.matches import Territory
from tests.actions.conftest import QUIMPER, a_contact, a_scheme, need

FAR = Territory("national", "FR", "France")


def far(number):
    return replace(a_contact(number), level="national", territory=FAR)


async def nearer(conversation, text="plus près de chez moi"):
    return await conversation.run(MoreResults, text=text, intent="more_results")


async def answered(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website"), QUIMPER])


async def test_nearer_contacts_come_alone(conversation, knowledge):
    knowledge.contact_list[:] = [far(1), far(2), far(3), far(4), a_contact(5)]
    await answered(conversation)
    (contacts,) = await nearer(conversation)
    assert [each["id"] for each in contacts["custom"]["items"]] == ["contact-5"]
    assert "les contacts les plus proches" in contacts["text"]
    (reasons,) = await conversation.run(AskWhy, intent="ask_why")
    assert "Raison numéro 5" in reasons["text"]
    assert "Raison numéro 1" not in reasons["text"]


async def test_a_chamber_of_the_departement_that_was_not_shown_is_nearer(conversation, knowledge):
    knowledge.contact_list[:] = [a_contact(1), far(2), far(3), a_contact(4), far(5), a_contact(6)]
    await answered(conversation)
    (contacts,) = await nearer(conversation, "vous n'avez rien à Quimper même ?")
    assert [each["id"] for each in contacts["custom"]["items"]] == ["contact-4", "contact-6"]
    assert "d’autres contacts de votre département" in contacts["text"]
    (none,) = await nearer(conversation)
    assert "déjà cités" in none["text"]


async def test_no_one_nearer_is_said_with_those_already_named(conversation, knowledge):
    knowledge.contact_list[:] = [a_contact(1), far(2), far(3), far(4)]
    await answered(conversation)
    (none,) = await nearer(conversation, "c'est trop loin")
    assert "plus proches de vous sont déjà cités\u00a0: Chambre d’essai 1" in none["text"]
    assert len(none["buttons"]) == 3


async def test_nobody_at_all_in_the_departement_is_said(conversation, knowledge):
    knowledge.contact_list[:] = [far(number) for number in range(1, 5)]
    await answered(conversation)
    (none,) = await nearer(conversation)
    assert "pas de contact dans votre département" in none["text"]


async def test_nearer_without_a_place_asks_for_it(conversation):
    await conversation.run(AnswerNeed, intent="need_website", entities=[need("website")])
    (question,) = await nearer(conversation)
    assert "commune" in (question.get("text") or "commune" * (question["response"] == "utter_ask_place"))


async def test_why_of_schemes_gives_every_reason(conversation, knowledge):
    knowledge.scheme_list[:] = [a_scheme(reasons=["Ouvert.", "Effectif : 10 au plus."])]
    await answered(conversation)
    (reasons,) = await conversation.run(AskWhy, text="pourquoi cette aide ?", intent="ask_why")
    assert "Chèque d’essai\u00a0: Ouvert. Effectif\u00a0: 10 au plus." in reasons["text"]
    (contacts,) = await conversation.run(AskWhy, text="Pourquoi ces contacts ?", intent="ask_why")
    assert "Raison numéro 1" in contacts["text"]
    assert contacts["buttons"][0]["title"] == "Pourquoi ces aides\u202f?"
