from dataclasses import replace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies.turn_policy import TurnRules
from settings import ROOT
from yaml_files import read_yaml

RULES = TurnRules(0.35, frozenset({"et", "à", "au", "en"}))
LONG = "je voudrais refaire tout mon site cette année"
PLACE = {"entity": "location", "value": "Quimper", "start": 0, "end": 7}


@pytest.fixture(scope="module")
def domain():
    return Domain.load(str(ROOT / "domain.yml"))


def heard(domain, intent, confidence, entities=(), awaiting=None, need=None, text=LONG):
    """A tracker in which an owner has just said something."""
    events = [ActionExecuted("action_listen"), SlotSet("awaiting", awaiting), SlotSet("need", need)]
    events += [UserUttered(text, {"name": intent, "confidence": confidence}, list(entities))]
    return DialogueStateTracker.from_events("essai", events, slots=domain.slots)


def test_what_was_understood_is_left_to_the_rules(domain):
    assert RULES.next_action(heard(domain, "need_website", 0.8)) is None


def test_what_is_doubtful_is_offered_as_choices(domain):
    assert RULES.next_action(heard(domain, "need_website", 0.2)) == "action_offer_choices"


def test_a_doubtful_wish_for_a_person_is_one_where_it_leaves_a_number_or_says_its_subject(domain):
    number = {"entity": "phone", "value": "+33381123456", "start": 0, "end": 14}
    assert RULES.next_action(heard(domain, "talk_to_human", 0.2, [number])) is None
    assert RULES.next_action(heard(domain, "talk_to_human", 0.2)) == "action_offer_choices"
    tracker = heard(domain, "talk_to_human", 0.2)
    tracker.latest_message.parse_data["about"] = {"need": "loans", "confidence": 0.9}
    assert RULES.next_action(tracker) is None


def test_a_number_left_beside_a_need_asks_for_a_call(domain):
    number = {"entity": "phone", "value": "+33381123456", "start": 0, "end": 14}
    for intent, confidence in (("inform", 0.9), ("affirm", 0.9), ("need_grants", 0.2)):
        tracker = heard(domain, intent, confidence, [number], need="website")
        assert RULES.next_action(tracker) == "action_talk_to_human"
    assert RULES.next_action(heard(domain, "inform", 0.9, [number])) is None
    assert RULES.next_action(heard(domain, "need_grants", 0.9, [number], need="website")) is None
    assert RULES.next_action(heard(domain, "delete_data", 0.9, [number], need="website")) is None


@pytest.mark.parametrize(
    ("intent", "confidence"), [("inform", 0.9), ("out_of_scope", 0.3), ("need_website", 0.2)]
)
def test_a_place_answers_the_question_about_it(domain, intent, confidence):
    tracker = heard(domain, intent, confidence, [PLACE], awaiting="place")
    assert RULES.next_action(tracker) == "action_take_information"


def test_a_clear_need_is_heard_even_while_a_place_is_awaited(domain):
    assert RULES.next_action(heard(domain, "need_grants", 0.9, [PLACE], awaiting="place")) is None


def test_a_place_that_nobody_asked_for_is_left_to_the_rules(domain):
    assert RULES.next_action(heard(domain, "inform", 0.9, [PLACE])) is None


def test_after_its_own_action_it_listens(domain):
    tracker = heard(domain, "need_website", 0.2)
    tracker.update(ActionExecuted("action_offer_choices"))
    assert RULES.next_action(tracker) == "action_listen"


@pytest.mark.parametrize(("text", "confidence"), [("à Trifouillis-les-Oies", 0.5), ("Bourg machin", 0.4)])
def test_a_short_answer_that_is_no_known_place_is_still_an_answer(domain, text, confidence):
    assert (
        RULES.next_action(heard(domain, "need_payroll", confidence, awaiting="place", text=text))
        == "action_take_information"
    )


def test_a_short_doubtful_answer_is_one_whatever_act_it_resembles(domain):
    tracker = heard(domain, "inform", 0.3, awaiting="place", text="à Trifouillis-les-Oies")
    assert RULES.next_action(tracker) == "action_take_information"


def test_a_long_doubtful_message_is_no_answer_about_a_place(domain):
    tracker = heard(domain, "inform", 0.3, awaiting="place")
    assert RULES.next_action(tracker) == "action_offer_choices"


def test_a_bare_foreign_city_answers_whatever_need_it_resembles(domain):
    brussels = {"entity": "country", "value": "BE", "start": 0, "end": 9}
    tracker = heard(domain, "need_setup_abroad", 0.9, [brussels], awaiting="place", text="Bruxelles")
    assert RULES.next_action(tracker) == "action_take_information"


@pytest.mark.parametrize("text", ["et au Japon ?", "Japon"])
def test_a_bare_country_adds_to_the_need_at_hand(domain, text):
    start = text.index("Japon")
    japan = {"entity": "country", "value": "JP", "start": start, "end": start + 5}
    tracker = heard(domain, "need_setup_abroad", 0.9, [japan], text=text, need="ip_abroad")
    assert RULES.next_action(tracker) == "action_take_information"


def test_a_need_that_names_a_country_is_a_need(domain):
    text = "un avocat au Japon"
    japan = {"entity": "country", "value": "JP", "start": 13, "end": 18}
    tracker = heard(domain, "need_contracts_abroad", 0.9, [japan], text=text, need="ip_abroad")
    assert RULES.next_action(tracker) is None


def test_a_need_in_the_answer_about_the_place_is_a_need(domain):
    brest = {"entity": "location", "value": "Brest", "start": 8, "end": 13}
    tracker = heard(domain, "need_loans", 0.9, [brest], awaiting="place", text="un prêt Brest")
    assert RULES.next_action(tracker) is None


@pytest.mark.parametrize(
    "intent", ["need_website", "greet", "out_of_scope", "inform", "talk_to_human", "restart"]
)
def test_an_open_question_of_a_form_hears_everything_first(domain, intent):
    assert RULES.next_action(heard(domain, intent, 0.9, awaiting="form")) == "action_answer_question"


def test_a_button_of_the_page_is_no_answer_to_a_form(domain):
    rules = replace(RULES, commands={"action_take_along": ["Recevoir ces réponses par e-mail"]})
    tracker = heard(domain, "inform", 0.4, awaiting="form", text="Recevoir ces réponses par e-mail")
    assert rules.next_action(tracker) == "action_take_along"


def test_any_action_ends_the_turn_except_those_of_rasa(domain):
    tracker = heard(domain, "need_website", 0.9)
    tracker.update(ActionExecuted("action_answer_need"))
    assert RULES.next_action(tracker) == "action_listen"
    tracker.update(ActionExecuted("action_restart"))
    assert RULES.next_action(tracker) is None


@pytest.mark.parametrize("text", ["Faire le point en 8 questions", "faire le point, en 8 questions !"])
def test_a_button_starts_its_action_whatever_need_it_resembles(domain, text):
    rules = TurnRules(0.35, frozenset(), {"action_diagnosis": ["Faire le point en 8 questions"]})
    assert rules.next_action(heard(domain, "need_diagnosis", 0.9, text=text)) == "action_diagnosis"
    assert rules.next_action(heard(domain, "need_diagnosis", 0.9, text=f"{text} svp")) is None


@pytest.mark.parametrize(
    "text", ["Plusieurs pays", "Je ne sais pas encore", "un peu partout", "le Trifouillistan", "Japon"]
)
def test_a_few_words_answer_the_question_about_the_country(domain, text):
    rules = TurnRules(0.6, frozenset(), undecided=frozenset({"plusieurs", "sais", "partout"}))
    japan = [{"entity": "country", "value": "JP", "start": 0, "end": 5}] if text == "Japon" else []
    sure = 0.5 if "Trifou" in text else 0.9
    tracker = heard(domain, "deny", sure, japan, awaiting="country", need="ip_abroad", text=text)
    assert rules.next_action(tracker) == "action_take_information"


def test_a_clear_need_is_heard_even_while_a_country_is_awaited(domain):
    tracker = heard(domain, "need_loans", 0.9, awaiting="country", need="ip_abroad")
    assert RULES.next_action(tracker) is None


def test_a_few_words_say_which_price_was_meant(domain):
    assert (
        RULES.next_action(heard(domain, "need_website", 0.9, awaiting="cost", text="le site"))
        == "action_ask_cost"
    )
    assert RULES.next_action(heard(domain, "need_website", 0.9, awaiting="cost")) is None


@pytest.fixture(scope="module")
def shipped():
    """The rules as config.yml sets them."""
    policies = read_yaml(ROOT / "config.yml")["policies"]
    config = next(each for each in policies if each["name"].endswith("TurnPolicy"))
    return TurnRules(config["doubt"], frozenset(config["function_words"]), follow_ups=config["follow_ups"])


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("et si j’embauche ?", "action_what_if"),
        ("Et si on recrute deux personnes", "action_what_if"),
        ("et si on était 12 ?", "action_what_if"),
        ("si j'étais seul ?", "action_what_if"),
        ("et si mon budget est de 10 000 euros", "action_what_if"),
        ("combien je peux avoir ?", "action_estimate"),
        ("combien est-ce que je pourrais toucher", "action_estimate"),
        ("j'y ai droit ?", "action_estimate"),
        ("est-ce qu'on y a droit", "action_estimate"),
        ("je suis éligible ou pas", "action_estimate"),
        ("et le montant c'est quoi au final", "action_estimate"),
        ("combien ça coûte", None),
        ("et si j'arrête le site en cours de route, ça me coûte ?", None),
        ("et si elle est en congé maternité, qui d'autre", None),
    ],
)
def test_short_questions_about_the_need_at_hand(domain, shipped, text, action):
    assert shipped.next_action(heard(domain, "ask_cost", 0.9, need="grants", text=text)) == action
    assert shipped.next_action(heard(domain, "ask_cost", 0.9, text=text)) is None


ALERT = TurnRules(0.35, frozenset(), distress=["\\bd'en finir\\b"], weary=["\\bje craque\\b"])


@pytest.mark.parametrize("awaiting", [None, "place", "form"])
def test_somebody_in_danger_is_heard_whatever_is_open(domain, awaiting):
    tracker = heard(domain, "deny", 0.9, awaiting=awaiting, text="j’ai envie d’en finir")
    assert ALERT.next_action(tracker) == "action_other_business_need"


def test_who_is_weary_of_a_task_asks_for_help_with_it(domain):
    need = {"entity": "need", "value": "payroll"}
    text = "je craque avec les fiches de paie"
    assert ALERT.next_action(heard(domain, "need_payroll", 0.9, [need], text=text)) is None
    assert ALERT.next_action(heard(domain, "deny", 0.9, text=text)) == "action_other_business_need"


def test_a_fact_beside_a_courtesy_adds_to_the_need_at_hand(domain):
    place = PLACE | {"start": 16, "end": 23}
    tracker = heard(domain, "thank", 0.9, [place], need="loans", text="merci, c'est sur Quimper")
    assert RULES.next_action(tracker) == "action_take_information"
    assert RULES.next_action(heard(domain, "thank", 0.9, [place], text="merci, c'est sur Quimper")) is None


@pytest.mark.parametrize("intent", ["deny", "feedback_negative", "more_results"])
@pytest.mark.parametrize("confidence", [0.9, 0.2])
def test_the_needs_offered_in_doubt_may_be_refused_in_any_words(domain, intent, confidence):
    tracker = heard(domain, intent, confidence, text="c'est pas ça")
    tracker.update(SlotSet("doubts", 1), domain)
    tracker.update(UserUttered("c'est pas ça", {"name": intent, "confidence": confidence}), domain)
    assert RULES.next_action(tracker) == "action_deny"


def test_with_a_need_at_hand_others_are_further_contacts(domain):
    tracker = heard(domain, "more_results", 0.9, need="website")
    tracker.update(SlotSet("doubts", 1), domain)
    tracker.update(UserUttered("d'autres ?", {"name": "more_results", "confidence": 0.9}), domain)
    assert RULES.next_action(tracker) is None
