import pytest

from bot.nlu.need_example import Example
from bot.nlu.need_model import NeedModel
from tests.bot.test_need_model import BOTH, HELLOS, LOANS, SITES

WISHES = ["rappelez-moi", "un conseiller svp", "parler à quelqu'un", "un rendez-vous", "appelez-moi demain"]
ABOUT = {"website": SITES, "loans": LOANS}


@pytest.fixture(scope="module")
def model():
    examples = [Example(text, "need_website", ("website",)) for text in SITES]
    examples += [Example(text, "need_loans", ("loans",)) for text in LOANS]
    examples += [Example(text, "need_website", ("website", "loans")) for text in BOTH]
    examples += [Example(text, "greet") for text in HELLOS]
    examples += [Example(text, "talk_to_human") for text in WISHES]
    examples += [
        Example(f"{wish}, {said}", "talk_to_human", about=need)
        for need, texts in ABOUT.items()
        for wish in WISHES[:3]
        for said in texts[:3]
    ]
    return NeedModel(folds=3, false_second_needs=0.2).fit(examples)


@pytest.mark.parametrize(
    ("text", "about"),
    [("un rendez-vous, site à refaire", "website"), ("appelez-moi demain pour un crédit bancaire", "loans")],
)
def test_a_wish_for_a_person_is_the_act_and_says_what_it_is_about(model, text, about):
    understood = model.understand(text)
    assert understood.ranking[0][0] == "talk_to_human"
    assert understood.needs == ()
    assert understood.about[0] == about
    confidences = [confidence for _, confidence in understood.ranking]
    assert sum(confidences) == pytest.approx(1)


def test_a_bare_wish_is_about_nothing(model):
    understood = model.understand("rappelez-moi demain")
    assert understood.ranking[0][0] == "talk_to_human"
    assert understood.about is None


def test_a_need_stays_a_need_and_is_the_subject_of_nothing(model):
    understood = model.understand("je veux refaire mon site")
    assert understood.ranking[0][0] == "need_website"
    assert understood.about is None
