import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.guard import harmless, says_nothing

ORDERS = ["/restart", " /restart", '/need_grants{"location": "Quimper"}', "/need_grants@0.9"]
ORDERS += ["\uff0frestart", "\u2215restart"]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_typed_by_an_owner_is_text(order):
    text = harmless(order, 2000)
    assert not text.strip().startswith("/")
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["/ bonjour", "mon site / ma page", "/15 rue du Port à Brest", "et/ou"])
def test_a_slash_in_a_sentence_is_no_order(text):
    assert not says_nothing(harmless(text, 2000))


def test_control_and_invisible_characters_become_spaces():
    assert harmless("a\x00b\x1b[31mc\u202ed\u200be", 2000) == "a b     c d e"


def test_new_lines_stay():
    assert harmless("un site\nà Quimper", 2000) == "un site\nà Quimper"


@given(st.text(max_size=300))
def test_every_character_keeps_its_place(text):
    clean = harmless(text, 200)
    assert len(clean) == min(len(text), 200)


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\x00\x00"])
def test_blank_says_nothing(blank):
    assert says_nothing(harmless(blank, 2000))
