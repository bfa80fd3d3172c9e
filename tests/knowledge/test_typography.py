import pytest

from knowledge.typography import day, french, number, phone, within


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("l'aide d'État", "l’aide d’État"),
        ("5 000 €", "5\u202f000\u00a0€"),
        ("10 000 à 45 000 €", "10\u202f000 à 45\u202f000\u00a0€"),
        ("30 % au plus ; 50 % : non", "30\u00a0% au plus\u202f; 50\u00a0%\u00a0: non"),
        ("le plan « Osez l'IA »", "le plan «\u00a0Osez l’IA\u00a0»"),
        ("5 M€ sur 3 ans", "5\u00a0M€ sur 3\u00a0ans"),
        ("en 2021 100 chèques, au 02 98 00 38 00", "en 2021 100 chèques, au 02 98 00 38 00"),
    ],
)
def test_plain_keyboard_becomes_french_typography(plain, typeset):
    assert french(plain) == typeset
    assert french(typeset) == typeset


@pytest.mark.parametrize(
    ("partial", "words"),
    [
        ("2024", "2024"),
        ("2024-06", "juin 2024"),
        ("2024-06-28", "28 juin 2024"),
        ("2025-04-01", "1er avril 2025"),
        ("2021-03-31", "31 mars 2021"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(partial, words):
    assert day(partial, "1er") == words


def test_numbers_have_french_marks():
    assert number(1500) == "1\u202f500"
    assert number(0.5) == "0,5"


@pytest.mark.parametrize(
    ("sentence", "inside"),
    [
        ("Conseille les artisans.", "conseille les artisans"),
        ("À jour de ses impôts", "à jour de ses impôts"),
        ("RGPD respecté", "RGPD respecté"),
        ("V.I.E validé", "V.I.E validé"),
    ],
)
def test_a_sentence_stands_inside_another(sentence, inside):
    assert within(sentence) == inside


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("08 00 02 62 00", "0 800 02 62 00"),
        ("0805691505", "0 805 69 15 05"),
        ("0 806 000 126", "0 806 000 126"),  # already grouped: left as it is
        ("02 98 98 29 29", "02 98 98 29 29"),
        ("3006", "3006"),
    ],
)
def test_special_numbers_begin_with_0_8xx(written, shown):
    assert phone(written) == shown
