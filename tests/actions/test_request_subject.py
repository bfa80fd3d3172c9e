"""What a wish for a person is about: taken from the wish, or from a yes, and not asked again."""

from actions.talk_to_human import TalkToHuman
from tests.actions.conftest import QUIMPER, SAINT_DENIS, need
from tests.actions.talking import EMAIL, Entities, requests, say, up_to


async def test_the_subject_and_the_place_told_with_the_wish_are_not_asked(talk):
    wish = "je voudrais un rendez-vous pour un prêt, à Quimper"
    (direct, _) = await talk.run(
        TalkToHuman, text=wish, intent="talk_to_human", entities=[QUIMPER], about="loans"
    )
    assert direct["custom"]["need"] == "loans"
    said, _ = await say(talk, "oui", "affirm")
    assert said == "À quel nom faire la demande ?"
    await say(talk, "Le Gall")
    await say(talk, EMAIL, entities=[Entities.email()])
    summary, _ = await say(talk, "le matin")
    assert "Besoin : Trouver un prêt ou une garantie." in summary
    assert wish in summary


async def test_a_place_with_namesakes_told_with_the_wish_is_asked_closer(talk):
    await say(
        talk, "un rdv à saint-denis", "talk_to_human", TalkToHuman, entities=[SAINT_DENIS], about="loans"
    )
    said, _ = await say(talk, "oui", "affirm")
    assert said.startswith("« Saint-Denis » peut être")


async def test_the_subject_of_the_wish_comes_before_an_earlier_need(talk):
    talk.slots |= {"need": "website", "question": "un site", "place": {"level": "commune", "code": "29232"}}
    await say(talk, "rappelez-moi pour un prêt", "talk_to_human", TalkToHuman, about="loans")
    assert talk.slots["need"] == "loans"
    await say(talk, "et un conseiller pour ça", "talk_to_human", TalkToHuman)
    assert talk.slots["need"] == "loans"


async def test_a_yes_that_names_the_subject_answers_both(talk):
    await say(talk, "un humain", "talk_to_human", TalkToHuman)
    said, _ = await say(talk, "oui, pour un prêt", "need_loans", entities=[need("loans")])
    assert said.startswith("Où se trouve votre entreprise ?")
    assert talk.slots["form"]["answers"] == {"offer": "yes", "need": "loans"}


async def test_a_wish_that_names_the_subject_answers_the_question_about_it(talk):
    await up_to(talk, "need")
    said, _ = await say(talk, "qu'on m'appelle pour la paie", "talk_to_human", about="payroll")
    assert said.startswith("Où se trouve votre entreprise ?")
    assert talk.slots["form"]["answers"]["need"] == "payroll"


async def test_what_is_agreed_to_stays_as_it_was_shown(talk):
    await up_to(talk, "consent")
    await say(talk, "oui pour un prêt", "affirm", about="loans")
    assert requests(talk)[0].need == "website"
    assert talk.slots["need"] != "loans"
