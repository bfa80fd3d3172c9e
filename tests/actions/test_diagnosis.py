import pytest

from actions.answer_need import AnswerNeed
from actions.answer_question import AnswerQuestion
from actions.courtesy import Courtesy
from actions.diagnosis import Diagnosis
from tests.actions.conftest import QUIMPER, Conversation, need
from tests.actions.shipped import shipped_services


@pytest.fixture
def owner():
    return Conversation(shipped_services())


def plain(messages):
    said = " / ".join(message["text"] or message["response"] for message in messages)
    return said.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


async def begin(owner):
    return await owner.run(Diagnosis, text="Faire le point en 8 questions")


async def say(owner, text, intent="inform", **more):
    return await owner.run(AnswerQuestion, text=text, intent=intent, **more)


async def answer_all(owner, *answers):
    await begin(owner)
    for text, intent in answers:
        messages = await say(owner, text, intent=intent)
    return messages


FALLING_BEHIND = [
    ("pas encore mais j'aimerais bien", "inform"),
    ("facebook et c'est tout", "inform"),
    ("excel", "need_business_software"),
    ("word", "inform"),
    ("non", "deny"),
    ("moi, comme je peux", "inform"),
    ("non", "deny"),
    ("Oui, je cherche une aide", "need_grants"),
]


IN_SPOKEN_WORDS = [
    ("non c'est pas pour moi la vente sur internet, je suis charpentier", "need_online_store"),
    ("ben j'ai un vieux site qu'est plus à jour", "need_website"),
    ("tout est dans un cahier", "need_business_software"),
    ("sur excel avec un modèle", "need_e_invoicing"),
    ("euh une clé usb de temps en temps", "need_cybersecurity"),
    ("personne, j'ai pas le temps", "need_training"),
    ("que la france", "need_export_prospecting"),
    ("non pas de projet", "need_loans"),
]


async def test_what_sounds_like_a_need_and_reads_as_an_answer_is_the_answer(owner):
    (result,) = await answer_all(owner, *IN_SPOKEN_WORDS)
    assert result["custom"]["topic"] == "diagnosis"
    answers = owner.slots["results"]["diagnosis"]
    assert answers == {
        "sell": "no",
        "visible": "partial",
        "tools": "paper",
        "invoices": "sheets",
        "security": "partial",
        "skills": "nobody",
        "abroad": "no",
        "money": "no",
    }


@pytest.mark.parametrize("text", ["il me faudrait un logiciel de caisse", "je cherche un logiciel"])
async def test_a_need_wished_for_in_the_middle_is_answered_and_no_answer(owner, text):
    await answer_all(owner, *FALLING_BEHIND[:2])
    assert await say(owner, text, intent="need_business_software", entities=[need("business_software")]) == []
    assert owner.followup == "action_answer_need"


async def test_eight_questions_then_the_result(owner):
    opening, first = await begin(owner)
    assert "Huit questions" in plain([opening])
    assert "Question 1 sur 8" in plain([first])
    (result,) = await answer_all(owner, *FALLING_BEHIND)
    text = plain([result])
    assert "1. Protéger votre entreprise contre le piratage : sans sauvegarde" in text
    assert "2. Passer à la facture électronique" in text
    assert "Outils de gestion : vous travaillez avec des tableaux." in text
    assert [button["title"] for button in result["buttons"]] == [
        "Protéger mon entreprise des pirates",
        "Passer à la facture électronique",
        "Être mieux trouvé sur internet",
    ]
    assert not owner.slots["form"]


async def test_the_result_can_be_kept(owner):
    (result,) = await answer_all(owner, *FALLING_BEHIND)
    custom = result["custom"]
    assert (custom["type"], custom["topic"]) == ("guidance", "diagnosis")
    lines = [fact["text"] for fact in custom["facts"]]
    assert len(lines) == 3 + 8
    assert all(line in result["text"] for line in [*lines, custom["next_step"]])


async def test_no_need_is_taken_up_before_the_owner_picks_one(owner):
    await answer_all(owner, *FALLING_BEHIND)
    assert not owner.slots.get("need")
    assert owner.slots["results"]["diagnosis"]["security"] == "no"
    title = "Protéger mon entreprise des pirates"
    entities = [need("cybersecurity"), QUIMPER]
    messages = await owner.run(AnswerNeed, text=title, intent="need_cybersecurity", entities=entities)
    assert (owner.slots["need"], owner.slots.get("other_needs")) == ("cybersecurity", None)
    assert messages[-1]["buttons"][0]["title"] == "Passer à la facture électronique"


async def test_what_is_in_place_is_said_and_nothing_is_urgent(owner):
    answers = [("1", "inform")] * 6 + [("Oui, sans difficulté", "inform"), ("rien à financer", "inform")]
    (result,) = await answer_all(owner, *answers)
    text = plain([result])
    assert "Rien ne demande d'agir tout de suite." in text
    assert "Déjà en place :" in text
    assert "À regarder d'abord" not in text
    assert [button["title"] for button in result["buttons"]] == ["Parler à un conseiller"]


async def test_what_was_not_answered_is_said(owner):
    answers = [("je ne sais pas", "inform")] * 7 + [("il me faut un prêt", "need_loans")]
    (result,) = await answer_all(owner, *answers)
    assert "Sans réponse : Vendre en ligne, Être trouvé" in plain([result])
    assert [button["title"] for button in result["buttons"]] == ["Trouver un prêt ou une garantie"]


async def test_nonsense_twice_to_every_question_leads_to_a_person(owner):
    await begin(owner)
    for _ in range(8):
        (again,) = await say(owner, "bof bof")
        assert again["buttons"]
        messages = await say(owner, "blub", intent="out_of_scope")
        assert messages[0]["response"] == "utter_form_skipped"
    assert [message["response"] for message in messages[1:]] == ["utter_diagnosis_empty", "utter_ask_place"]
    assert owner.slots["need"] == "diagnosis"


async def test_every_button_and_number_is_understood(owner):
    questions = shipped_services().wording.forms["diagnosis"].questions
    for key, question in questions.items():
        for number, choice in enumerate(question.choices, start=1):
            for text in (choice.button, str(number)):
                await begin(owner)
                owner.slots["form"] |= {"question": key}
                await say(owner, text)
                answers = (owner.slots["form"] or {}).get("answers") or owner.slots["results"]["diagnosis"]
                assert answers[key] == choice.code


async def test_an_earlier_answer_is_changed(owner):
    await begin(owner)
    await say(owner, "Oui, sur mon site")
    await say(owner, "1")
    messages = await say(owner, "non en fait c'est par une plateforme", intent="correct")
    assert messages[0]["response"] == "utter_form_changed"
    assert owner.slots["form"]["answers"] == {"sell": "platform", "visible": "yes"}
    assert owner.slots["form"]["question"] == "tools"


async def test_other_subjects_are_answered_and_the_question_comes_back(owner):
    await begin(owner)
    await say(owner, "êtes-vous un robot ?", intent="bot_challenge")
    assert owner.followup == "action_courtesy"
    assert "Question 1 sur 8" in plain(await owner.run(Courtesy, intent="bot_challenge"))
    await say(owner, "combien coûte un site ?", intent="ask_cost")
    assert owner.followup == "action_ask_cost"
    await say(owner, "il me faut surtout un avocat pour un contrat", intent="need_contracts_abroad")
    assert owner.followup == "action_answer_need"
    entities = [need("contracts_abroad"), QUIMPER]
    *_, last = await owner.run(AnswerNeed, intent="need_contracts_abroad", entities=entities)
    assert "Question 1 sur 8" in plain([last]) or last["response"] == "utter_ask_country"


async def test_it_can_be_stopped_and_taken_again(owner):
    await begin(owner)
    await say(owner, "stop")
    assert owner.slots["form"] is None
    await answer_all(owner, *FALLING_BEHIND)
    _, first = await begin(owner)
    assert "Question 1 sur 8" in plain([first])
