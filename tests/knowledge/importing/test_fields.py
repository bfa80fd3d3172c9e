"""Cells of open data: every trap, and no text that makes a helper fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fields import Email, PartialDate, Phone, Slug, Url
from knowledge.importing.fields import (
    NotText,
    clip,
    date_of,
    decode,
    email_of,
    line_of,
    phone_of,
    siret_of,
    slug_for,
    text_of,
    url_of,
)
from knowledge.importing.mailboxes import excerpt, masked, names_a_person

ANY = st.text(st.characters())  # lone halves of characters included


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>Bonjour &eacute;t&eacute;</p><ul><li>un</li><li>deux</li></ul>", "Bonjour été\nun\ndeux"),
        ("&lt;p&gt;L&#039;aide&lt;/p&gt;", "L'aide"),
        ("## Titre\n**gras** et [lien](https://x.example)", "Titre\ngras et lien"),
        ("a<script>alert(1)</script>b<br>c", "ab\nc"),
        ("moins de 10 < 20 salariés", "moins de 10 < 20 salariés"),
        (None, ""),
        ("a\u200b\x00b", "a b"),
    ],
)
def test_markup_becomes_text(cell, text):
    assert text_of(cell) == text


def test_a_long_text_is_cut_after_a_sentence_and_says_so():
    assert clip("Une phrase. Une autre phrase.", 20) == ("Une phrase.", True)
    assert clip("Un mot et un autre", 12) == ("Un mot et…", True)
    assert clip("Court.", 20) == ("Court.", False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0000-00-00", None),
        ("18/12/2024 17:42:39", "2024-12-18"),
        ("2023-06-01T22:00:00.000Z", "2023-06-02"),  # midnight in Paris
        ("2024-06-28 10:00:00", "2024-06-28"),
        ("2024-06", "2024-06"),
        ("2024", "2024"),
        ("31/02/2024", None),
        ("bientôt", None),
        ("", None),
        (None, None),
    ],
)
def test_days(text, day):
    assert date_of(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+33 (0)2 98 98 29 29", "02 98 98 29 29"),
        ("02.98.98.29.29", "02 98 98 29 29"),
        ("+596 596 55 28 00", "05 96 55 28 00"),
        ("3006", "3006"),
        ("sur rendez-vous", None),
        ("12", None),
    ],
)
def test_numbers(text, number):
    assert phone_of(text) == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.exemple.fr/page", "https://www.exemple.fr/page"),
        ("HTTP://exemple.fr", "http://exemple.fr"),
        ("//exemple.fr", "https://exemple.fr"),
        ("javascript:alert(1)", None),
        ("java\x01script:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:contact@exemple.fr", None),
        ("https://exemple.fr@mauvais.example", None),
        ("pas une adresse", None),
        ("", None),
    ],
)
def test_addresses(text, address):
    assert url_of(text) == address


@pytest.mark.parametrize(
    "mailbox",
    [
        "contact@cci.example.fr",
        "accueil.quimper@cci.example.fr",
        "mairie@ville.example.fr",
        "cci29@exemple.fr",
        "mairie.locronan@orange.fr",
        "quimper@exemple.fr",
        "sie.rennes-est@exemple.fr",
    ],
)
def test_mailboxes_of_bodies_are_kept(mailbox):
    assert email_of(mailbox.upper()) == mailbox


@pytest.mark.parametrize(
    "mailbox",
    [
        "jean.exemple@cci.example.fr",
        "jexemple@cci.example.fr",
        "j.exemple@cci.example.fr",
        "exemple.j@orange.fr",
        "contact.jean.exemple@cci.example.fr",
        "contact.jean@cci.example.fr",
        "albert@cci.example.fr",  # a commune is called so too
        "webexemple@gmail.com",
        "pas une adresse",
        "",
        None,
    ],
)
def test_mailboxes_of_persons_and_unclear_ones_are_not(mailbox):
    assert email_of(mailbox) is None


def test_an_excerpt_masks_mailboxes_of_persons_only():
    assert masked("jean.exemple@cci.fr contact@cci.fr") == "***@cci.fr contact@cci.fr"
    assert len(excerpt("x" * 5000)) == 300


@pytest.mark.parametrize(
    ("name", "person"), [("Marie Exemple", True), ("Mme Exemple", True), ("Web Breton", False)]
)
def test_names_of_persons(name, person):
    assert names_a_person(name) is person


def test_bytes_are_decoded_or_refused():
    assert decode("\ufeffété".encode()) == "été"
    assert decode("été".encode("cp1252")) == "été"
    for raw in ("été".encode("utf-16"), b"PK\x03\x04\0"):
        with pytest.raises(NotText):
            decode(raw)


@given(ANY)
def test_no_text_makes_a_helper_fail(text):
    assert "\0" not in text_of(text)
    assert "\n" not in line_of(text)
    assert len(clip(text, 50)[0]) <= 50
    assert len(excerpt(text)) <= 300
    for clean, accept in (
        (date_of, PartialDate.accept),
        (phone_of, Phone.accept),
        (url_of, Url.accept),
        (email_of, Email.accept),
    ):
        found = clean(text)
        assert found is None or accept(found)
    assert siret_of(text) is None or len(siret_of(text)) == 14
    assert Slug.accept(slug_for(text))
    names_a_person(text)


@given(st.binary())
def test_no_bytes_make_decoding_fail_otherwise(raw):
    try:
        assert isinstance(decode(raw), str)
    except NotText:
        assert b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff")
