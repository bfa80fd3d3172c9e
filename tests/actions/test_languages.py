import pytest

from actions.languages import foreign_test
from actions.wording_store import load_wording


@pytest.fixture(scope="module")
def foreign():
    return foreign_test(**load_wording().languages)


@pytest.mark.parametrize(
    "text",
    [
        "I would like to build a website for my small bakery",
        "necesito una tienda en línea para vender mis quesos",
        "ich möchte meinen Wein nach Frankreich verkaufen",
    ],
)
def test_another_language(foreign, text):
    assert foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "kel tan i fé la réunion",
        "slt jveu 1 site pr mon resto",
        "la banke a di non",
        "click and collect et too good to go pour ma boutique",
        "thx bye",
        "",
        "Quel logiciel de newsletter choisir pour mon business ?",
    ],
)
def test_french_however_hurried(foreign, text):
    assert not foreign(text)
