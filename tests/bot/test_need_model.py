import pickle

import pytest

from bot.nlu.need_example import Example
from bot.nlu.need_model import NeedModel
from bot.nlu.text_features import fold

SITES = [
    "refaire mon site",
    "un site internet vitrine",
    "créer notre site web",
    "mon site est vieux",
    "site à refaire",
]
LOANS = [
    "un prêt de la banque",
    "emprunter à la banque",
    "crédit pour du matériel",
    "prêt pro",
    "un crédit bancaire",
]
THANKS = ["merci", "merci bien", "je vous remercie"]
HELLOS = ["bonjour", "salut", "bonjour à vous", "coucou", "bonsoir"]
BOTH = [
    f"{first} {joined} {second}" for first in SITES for second in LOANS for joined in ("et", "puis aussi")
]
TURNED = [f"{second}, {first}" for first in SITES for second in LOANS]


@pytest.fixture(scope="module")
def model():
    examples = [Example(text, "need_website", ("website",)) for text in SITES]
    examples += [Example(text, "need_loans", ("loans",)) for text in LOANS]
    examples += [Example(text, "greet") for text in HELLOS]
    examples += [Example(text, "need_website", ("website", "loans")) for text in BOTH]
    examples += [Example(text, "need_loans", ("loans", "website")) for text in TURNED]
    return NeedModel(folds=3, false_second_needs=0.2).fit(examples)


def test_one_need(model):
    understood = model.understand("je veux un site web")
    assert understood.ranking[0][0] == "need_website"
    assert [code for code, _ in understood.needs][0] == "website"


def test_two_needs(model):
    understood = model.understand("refaire le site internet et un crédit à la banque")
    assert [code for code, _ in understood.needs] == ["website", "loans"]
    assert understood.ranking[0][0] == "need_website"


def test_the_need_said_first_leads(model):
    understood = model.understand("emprunter à la banque, refaire mon site")
    assert [code for code, _ in understood.needs] == ["loans", "website"]
    assert understood.ranking[0][0] == "need_loans"


def test_an_act_states_no_need(model):
    understood = model.understand("bonjour")
    assert understood.ranking[0][0] == "greet"
    assert understood.needs == ()


def test_confidences_are_a_distribution_in_order(model):
    confidences = [confidence for _, confidence in model.understand("un prêt").ranking]
    assert sum(confidences) == pytest.approx(1)
    assert confidences == sorted(confidences, reverse=True)


@pytest.mark.parametrize("text", ["", "👍👍", "x" * 10_000, "<script>alert(1)</script>", "\u202e\x00"])
def test_any_text_gets_a_ranking(model, text):
    assert len(model.understand(text).ranking) == 3


def test_a_stored_model_understands_the_same(model):
    again = pickle.loads(pickle.dumps(model))
    assert again.understand("mon site") == model.understand("mon site")


def test_training_twice_gives_the_same_model():
    examples = [Example(text, "a") for text in SITES] + [Example(text, "b") for text in LOANS]
    first, second = (NeedModel(folds=3).fit(examples).understand("un site") for _ in range(2))
    assert first == second


def test_accents_case_and_repeated_letters_do_not_count():
    assert fold("SIIIIITE Éphémère l’œuvre") == "siite ephemere l'oeuvre"


def test_few_unseen_messages_are_both_sure_and_wrong():
    vague = [
        Example(text, label, (label.removeprefix("need_"),))
        for label in ("need_website", "need_loans")
        for text in ("aidez-moi vite", f"autre chose pour {label[5:]}", "des conseils pour la suite")
    ]
    examples = [Example(text, "need_website", ("website",)) for text in SITES]
    examples += [Example(text, "need_loans", ("loans",)) for text in LOANS] + vague
    examples += [Example(text, "greet") for text in HELLOS] + [Example(text, "thank") for text in THANKS]
    for allowed in (0.0, 0.1):
        model = NeedModel(folds=3, sure_and_wrong=allowed).fit(examples)
        wrong = [confidence for confidence, right in model.unseen if not right]
        assert len(wrong) > allowed * len(examples)
        assert sum(confidence >= model.sure_from for confidence in wrong) <= allowed * len(examples)
        lowest = model.understand("aidez-moi vite")
        assert lowest.sure == (lowest.ranking[0][1] >= model.sure_from)
