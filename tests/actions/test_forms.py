import pytest

from actions import form_registry
from actions.answer_need import AnswerNeed
from actions.answer_question import AnswerQuestion
from actions.courtesy import Courtesy
from actions.denials import denial_test
from actions.form import Form, choice_of
from actions.form_run import start
from actions.form_wording import Choice, FormWords, Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import OwnerAction
from actions.turn import Turn
from actions.wording_store import load_wording
from tests.actions.conftest import QUIMPER, SAINT_DENIS, need

WORDS = FormWords(
    title="l'essai",
    opening="Deux questions.",
    questions={
        "where": Question(
            key="where",
            ask="Où vendez-vous ?",
            again="En magasin ou en ligne ?",
            choices=[
                Choice(code="shop", button="En magasin", words=["boutique", "sur place"]),
                Choice(code="online", button="En ligne", words=["internet", "le web"]),
            ],
        ),
        "often": Question(
            key="often",
            ask="Souvent ?",
            choices=[Choice(code="yes", button="Oui, souvent"), Choice(code="no", button="Non, rarement")],
        ),
    },
)


class Trial(Form):
    name = "trial"

    def conclude(self, services, memory, answers, turn):
        return [BotMessage(f"Fini : {dict(answers)}")], memory


class StartTrial(OwnerAction):
    drives_form = True

    def name(self):
        return "action_start_trial"

    def respond(self, services, memory, turn):
        return start(services, memory, Trial(), turn)


@pytest.fixture
def trial(conversation, monkeypatch):
    monkeypatch.setitem(form_registry.FORMS, "trial", Trial())
    conversation.services.wording.forms["trial"] = WORDS
    return conversation


async def answer(conversation, text, intent="inform", **more):
    messages = await conversation.run(AnswerQuestion, text=text, intent=intent, **more)
    return plain(" ".join(message["text"] or message["response"] for message in messages))


def plain(text):
    return text.replace("\u202f", " ").replace("\u2019", "'")


async def test_questions_come_one_by_one_then_the_conclusion(trial):
    opening, first = await trial.run(StartTrial)
    assert opening["text"] == "Deux questions."
    assert [button["title"] for button in first["buttons"]] == [
        "En magasin",
        "En ligne",
        "Passer cette question",
        "Arrêter les questions",
    ]
    assert await answer(trial, "dans ma bouttique") == "Souvent ?"
    assert await answer(trial, "oui", intent="affirm") == "Fini : {'where': 'shop', 'often': 'yes'}"
    assert trial.slots["form"] is None
    assert trial.slots["results"] == {"trial": {"where": "shop", "often": "yes"}}


async def test_what_is_not_understood_is_asked_again_in_other_words_then_passed(trial):
    await trial.run(StartTrial)
    assert await answer(trial, "bof bof") == "En magasin ou en ligne ?"
    assert await answer(trial, "blub") == "utter_form_skipped Souvent ?"


async def test_a_question_can_be_passed_and_the_form_stopped(trial):
    await trial.run(StartTrial)
    assert await answer(trial, "je ne sais pas") == "Souvent ?"
    assert await answer(trial, "stop") == "utter_form_stopped"
    assert trial.slots["form"] is None


async def test_a_no_passes_a_question_that_asks_for_something_else(trial):
    await trial.run(StartTrial)
    assert await answer(trial, "non merci", intent="deny") == "Souvent ?"
    assert await answer(trial, "non merci", intent="deny") == "Fini : {'where': None, 'often': 'no'}"


async def test_a_courtesy_is_answered_and_the_question_asked_again(trial):
    await trial.run(StartTrial)
    await trial.run(AnswerQuestion, text="êtes-vous un robot", intent="bot_challenge")
    assert trial.followup == "action_courtesy"
    said, question = await trial.run(Courtesy, text="êtes-vous un robot", intent="bot_challenge")
    assert said["response"] == "utter_bot_challenge"
    assert plain(question["text"]) == "Revenons à l'essai. Où vendez-vous ?"


async def test_a_need_is_handed_to_its_action_and_the_question_comes_back(trial):
    await trial.run(StartTrial)
    messages = await trial.run(AnswerQuestion, text="il me faut aussi un prêt", intent="need_loans")
    assert messages == []
    assert trial.followup == "action_answer_need"
    *_, last = await trial.run(AnswerNeed, intent="need_loans", entities=[need("loans"), QUIMPER])
    assert plain(last["text"]).endswith("Où vendez-vous ?")
    assert await answer(trial, "sur internet") == "Souvent ?"


async def test_a_question_about_the_place_comes_first(trial):
    await trial.run(StartTrial)
    await trial.run(AnswerQuestion, text="il me faut aussi un prêt", intent="need_loans")
    (place,) = await trial.run(AnswerNeed, intent="need_loans", entities=[need("loans")])
    assert place["response"] == "utter_ask_place"
    assert trial.slots["awaiting"] == "place"


async def test_a_place_told_in_the_middle_leaves_the_question_open(trial):
    await trial.run(StartTrial)
    for place in (QUIMPER, SAINT_DENIS):
        await trial.run(StartTrial)
        assert await answer(trial, place["value"], entities=[place]) == "En magasin ou en ligne ?"
        assert trial.slots["awaiting"] == "form"


async def test_what_the_message_about_something_else_answers_is_not_asked_again(trial, monkeypatch):
    monkeypatch.setattr(
        Trial, "known", lambda self, services, memory: {"where": "shop"} if memory.place else {}
    )
    await trial.run(StartTrial)
    *_, last = await trial.run(AnswerNeed, intent="need_loans", entities=[need("loans"), QUIMPER])
    assert plain(last["text"]) == "Revenons à l'essai. Souvent ?"
    assert trial.slots["form"]["answers"] == {"where": "shop"}


async def test_a_form_whose_last_question_is_answered_in_passing_concludes(trial, monkeypatch):
    known = {"where": "shop", "often": "no"}
    monkeypatch.setattr(Trial, "known", lambda self, services, memory: known if memory.place else {})
    await trial.run(StartTrial)
    *_, last = await trial.run(AnswerNeed, intent="need_loans", entities=[need("loans"), QUIMPER])
    assert last["text"] == "Fini : {'where': 'shop', 'often': 'no'}"
    assert trial.slots["form"] is None


async def test_a_need_said_as_a_wish_is_no_answer_whatever_words_it_holds(trial):
    await trial.run(StartTrial)
    assert await trial.run(AnswerQuestion, text="je voudrais une boutique", intent="need_online_store") == []
    assert trial.followup == "action_answer_need"


async def test_a_need_that_reads_as_an_answer_is_one(trial):
    await trial.run(StartTrial)
    assert await answer(trial, "j'ai une boutique", intent="need_online_store") == "Souvent ?"


async def test_where_a_wish_is_asked_for_a_wish_is_the_answer(trial, monkeypatch):
    asks = WORDS.questions["where"].copy(update={"wishes": True})
    monkeypatch.setitem(WORDS.questions, "where", asks)
    await trial.run(StartTrial)
    assert await answer(trial, "je voudrais une boutique", intent="need_online_store") == "Souvent ?"


async def test_what_is_wrong_with_an_answer_is_said(trial, monkeypatch):
    monkeypatch.setattr(Trial, "wrong", lambda *_: "Pas là. Où vendez-vous ?")
    await trial.run(StartTrial)
    assert await answer(trial, "bof bof") == "Pas là. Où vendez-vous ?"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("non en fait c'est sur internet", "inform"),
        ("finalement plutôt sur internet", "need_online_store"),
        ("sur internet", "correct"),
    ],
)
async def test_an_earlier_answer_is_corrected_and_the_open_question_asked_again(trial, text, intent):
    await trial.run(StartTrial)
    await answer(trial, "en magasin")
    said = await answer(trial, text, intent=intent)
    assert said.startswith("utter_form_changed")
    assert said.endswith("Souvent ?")
    assert trial.slots["form"]["answers"] == {"where": "online"}


@pytest.mark.parametrize("text", ["sur internet", "non en fait, bof", "en fait c'est en magasin"])
async def test_what_corrects_nothing_is_no_correction(trial, text):
    await trial.run(StartTrial)
    await answer(trial, "en magasin")
    assert "utter_form_changed" not in await answer(trial, text)
    assert trial.slots["form"]["answers"] == {"where": "shop"}


async def test_an_answer_to_the_open_question_is_no_correction(trial):
    await trial.run(StartTrial)
    await answer(trial, "en magasin")
    assert await answer(trial, "en fait oui", intent="affirm") == "Fini : {'where': 'shop', 'often': 'yes'}"


async def test_a_question_is_no_answer_whatever_words_it_holds(trial):
    await trial.run(StartTrial)
    assert await trial.run(AnswerQuestion, text="combien coûte une boutique ?", intent="ask_cost") == []
    assert trial.followup == "action_ask_cost"


async def test_a_message_that_looks_like_a_question_and_asks_nothing_is_an_answer(trial):
    await trial.run(StartTrial)
    assert await answer(trial, "dans ma boutique", intent="ask_cost") == "Souvent ?"


async def test_what_starts_the_form_does_not_start_it_anew(trial, monkeypatch):
    monkeypatch.setitem(trial.services.routes, "trial", "action_start_trial")
    await trial.run(StartTrial)
    assert await answer(trial, "bof bof", intent="trial") == "En magasin ou en ligne ?"


async def test_a_fact_learnt_in_the_middle_is_not_asked(trial, monkeypatch):
    monkeypatch.setattr(
        Trial, "known", lambda self, services, memory: {"often": "yes"} if memory.place else {}
    )
    await trial.run(StartTrial)
    said = await answer(trial, "sur internet, à Quimper", entities=[QUIMPER])
    assert said == "Fini : {'often': 'yes', 'where': 'online'}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2", "online"),
        ("EN MAGASIN", "shop"),
        ("surtout sur internet", "online"),
        ("boutique et internet", None),
        ("pas en boutique, sur internet", "online"),
        ("une boutique sur internet, plus de boutique", None),
        ("pas d'internet", None),
        ("peut-être", None),
        ("", None),
    ],
)
def test_choices(text, meant):
    turn = Turn(text, "inform", [], [], [], denied=denial_test(**load_wording().denials))
    assert choice_of(WORDS.questions["where"].choices, turn) == meant


def test_of_two_choices_the_one_that_says_more_is_meant():
    choices = [
        Choice(code="yes", button="Oui", words=["à jour"]),
        Choice(code="no", button="Non", words=["pas à jour", "plus à jour"]),
    ]
    turn = Turn("il est pas à jour", "inform", [], [], [])
    assert choice_of(choices, turn) == "no"


def test_memory_of_a_form_is_plain_data(trial):
    import json

    _, memory = start(trial.services, Memory(), Trial(), Turn("", "", [], [], []))
    assert json.loads(json.dumps(memory.form)) == memory.form


@pytest.mark.parametrize("text", ["je ne sais pas", "Passer cette question", "jsais pas trop"])
async def test_not_to_know_is_no_no(trial, text):
    await trial.run(StartTrial)
    await answer(trial, "en magasin")
    assert "'often': None" in await answer(trial, text, intent="deny")


async def test_the_stop_button_starts_nothing_over(trial):
    await trial.run(StartTrial)
    await trial.run(AnswerQuestion, text="Arrêter les questions", intent="restart")
    assert trial.followup is None
    assert trial.slots["form"] is None


async def test_starting_over_is_handed_to_rasa(trial):
    await trial.run(StartTrial)
    await trial.run(AnswerQuestion, text="on recommence tout à zéro", intent="restart")
    assert trial.followup == "action_restart"
