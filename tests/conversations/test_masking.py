import json
from pathlib import Path

import pytest

from conversations.masking import KINDS, mask, spans

FOLDER = Path(__file__).parent / "masking"
SETS = ("messages", "held_out")
RECALL, PRECISION = 0.98, 0.95
# Streets are measured and not promised.
RECALL_OF_ADDRESSES, PRECISION_OF_ADDRESSES = 0.9, 0.9


def messages(name):
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def letters(text, found):
    return {at for start, end in found for at in range(start, end) if text[at].isalnum()}


def recall(rows, kind):
    """Return the share of what is labelled of which every letter is hidden, whatever it was taken for."""
    hidden = wanted = 0
    for row in rows:
        covered = letters(row["text"], [(span.start, span.end) for span in spans(row["text"])])
        for label in row["spans"]:
            if label["kind"] == kind:
                wanted += 1
                hidden += letters(row["text"], [(label["start"], label["end"])]) <= covered
    return hidden / wanted


def precision(rows, kind):
    """Return the share of what is hidden that hides nothing but what is labelled."""
    right = found = 0
    for row in rows:
        labelled = letters(row["text"], [(label["start"], label["end"]) for label in row["spans"]])
        for span in spans(row["text"]):
            if span.kind == kind:
                found += 1
                right += letters(row["text"], [(span.start, span.end)]) <= labelled
    return right / found


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_leads_to_a_person_is_hidden(name, kind):
    assert recall(messages(name), kind) >= (RECALL_OF_ADDRESSES if kind == "address" else RECALL)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_little_else_is_hidden(name, kind):
    assert precision(messages(name), kind) >= (PRECISION_OF_ADDRESSES if kind == "address" else PRECISION)


@pytest.mark.parametrize("name", SETS)
def test_messages_that_name_nobody_stay_as_they_are(name):
    plain = [row["text"] for row in messages(name) if not row["spans"]]
    changed = [text for text in plain if mask(text) != text]
    assert len(changed) <= len(plain) // 20, changed


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("je m'appelle Léa et je suis à Quimper", "je m'appelle [nom] et je suis à Quimper"),
        ("jmappelle kevin, plombier à roubaix", "jmappelle [nom], plombier à roubaix"),
        ("Mme de La Tour m'a répondu", "Mme [nom] m'a répondu"),
        ("Madame Hélène de Rochebrune", "Madame [nom]"),
        ("je suis Laurent de Trois-Ilets", "je suis [nom] de Trois-Ilets"),
        ("je suis zorbuline krantz, fleuriste", "je suis [nom], fleuriste"),
        ("je suis resturateur à Lyon", "je suis resturateur à Lyon"),
        ("Non, j'appelle moi-même", "Non, j'appelle moi-même"),
        ("tel 0692 12 34 56 à Saint-Pierre", "tel [téléphone] à Saint-Pierre"),
        ("mon siret 732 829 320 00074", "mon siret [numéro d’entreprise]"),
        ("écrivez à jean.roux@free.fr svp", "écrivez à [e-mail] svp"),
        ("IBAN BE68 5390 0754 7034 merci", "IBAN [IBAN] merci"),
        ("au 12 rue Victor Hugo 69002 Lyon", "au [adresse] 69002 Lyon"),
        ("un prêt de 25 000 euros sur 7 ans", "un prêt de 25 000 euros sur 7 ans"),
        ("la rue Victor Hugo est fermée", "la rue Victor Hugo est fermée"),
        ("un local place Bellecour à Lyon", "un local place Bellecour à Lyon"),
        ("comme Leroy Merlin ou Yves Rocher", "comme Leroy Merlin ou Yves Rocher"),
        ("", ""),
    ],
)
def test_one_message(text, masked):
    assert mask(text) == masked


def test_names_that_no_list_holds_are_hidden_where_they_are_announced():
    assert mask("bonjour je m'appelle zorbuline krantzowicz et j'ai un bar") == (
        "bonjour je m'appelle [nom] et j'ai un bar"
    )
    assert mask("Je vends du miel. Cordialement, Zorbuline Krantzowicz") == (
        "Je vends du miel. Cordialement, [nom]"
    )


def test_spans_are_in_order_and_apart():
    for row in messages("messages"):
        found = spans(row["text"])
        assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_the_sets_are_large_and_their_labels_stand_where_they_say():
    for name, most in (("messages", 250), ("held_out", 120)):
        rows = messages(name)
        assert len({row["text"] for row in rows}) >= most
        assert all(row["text"][each["start"] : each["end"]].strip() for row in rows for each in row["spans"])
