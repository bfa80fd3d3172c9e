import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import masking
from conversations.review_masking import Teaching, load_stand_ins, tidy
from conversations.review_ranges import Marked, Replacement, annotated, apart, follow, replaced
from conversations.training_lines import unmarked


def marked(text, words, kind="location", value="com29232"):
    start = text.index(words)
    return Marked(kind, start, start + len(words), value)


def words(text, entities):
    return [text[each.start : each.end] for each in entities]


TEXT = "je suis Anne Le Gall, boulangère à Quimper, 0612345678"


def test_entities_stay_at_their_words_when_others_are_replaced():
    entities = [marked(TEXT, "boulangère", "sector", "10"), marked(TEXT, "Quimper")]
    start = TEXT.index("Anne")
    text, kept = replaced(TEXT, entities, [Replacement(start, start + len("Anne Le Gall"), "Camille")])
    assert text == "je suis Camille, boulangère à Quimper, 0612345678"
    assert words(text, kept) == ["boulangère", "Quimper"]


def test_what_is_replaced_is_no_entity_any_more_unless_its_stand_in_is():
    number = marked(TEXT, "0612345678", "phone", "+33612345678")
    swap = Replacement(number.start, number.end, "06 39 98 00 00", "phone", "+33639980000")
    text, kept = replaced(TEXT, [number], [swap])
    assert (words(text, kept), kept[0].value) == (["06 39 98 00 00"], "+33639980000")
    text, kept = replaced(TEXT, [number], [Replacement(number.start, number.end, "xxx")])
    assert kept == ()


def test_entities_follow_an_edited_text_and_those_cut_are_named():
    entities = [marked(TEXT, "boulangère", "sector", "10"), marked(TEXT, "Quimper")]
    edited = "Bonjour, je suis boulangère près de Kimper"
    kept, lost = follow(entities, TEXT, edited)
    assert words(edited, kept) == ["boulangère"]
    assert [each.kind for each in lost] == ["location"]


PLAIN = st.text("abc ééà0'", max_size=30)


@given(before=PLAIN, inside=st.text("xyzô", min_size=1, max_size=8), after=PLAIN, added=PLAIN)
def test_an_entity_is_never_moved_to_other_words(before, inside, after, added):
    text = before + inside + after
    entity = marked(text, inside)
    (edited, kept) = replaced(text, [entity], [Replacement(0, len(before), added)])
    assert words(edited, kept) == [inside]
    kept, lost = follow([entity], text, added + inside)
    assert words(added + inside, kept) + [each.value for each in lost] in ([inside], [entity.value])


def test_marks_are_those_of_training_files():
    text = annotated(TEXT, [marked(TEXT, "Quimper"), marked(TEXT, "boulangère", "sector", "10")])
    assert "[boulangère](sector:10) à [Quimper](location:com29232)" in text
    assert unmarked(text) == TEXT


def test_entities_that_share_letters_are_not_apart():
    assert apart([Marked("sector", 0, 4, "10"), Marked("location", 4, 6, "com1")])
    assert not apart([Marked("sector", 0, 5, "10"), Marked("location", 4, 6, "com1")])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  - bonjour\n à\tQuimper ", "bonjour à Quimper"),
        ("un site [Quimper](location:com1)", "un site (Quimper)(location:com1)"),
        ("un\u200b site \ud800 à Quimper", "un site à Quimper"),
        ("Quimper", "Quimper"),
    ],
)
def test_a_message_is_one_line_that_files_can_hold(written, kept):
    text, entities = tidy(written, [marked(written, "Quimper")])
    assert text == kept
    assert words(text, entities) == ["Quimper"]
    assert unmarked(annotated(text, entities)) == text


class Said:
    def __init__(self, start, end, kind):
        self.start, self.end, self.kind = start, end, kind


def spans(text):
    """What names somebody in TEXT."""
    found = {"Anne Le Gall": "name", "0612345678": "phone", "rue Verte": "address"}
    return [
        Said(text.index(each), text.index(each) + len(each), kind)
        for each, kind in found.items()
        if each in text
    ]


def mask(text):
    return replaced(text, (), [Replacement(each.start, each.end, "[caché]") for each in spans(text)])[0]


def test_nobody_is_named_in_what_may_be_taught():
    teaching = Teaching(spans, mask)
    phone = marked(TEXT, "0612345678", "phone", "+33612345678")
    text, entities = teaching.masked(TEXT, [phone, marked(TEXT, "Quimper")])
    assert text == "je suis Camille Dupont, boulangère à Quimper, 06 39 98 00 00"
    assert words(text, entities) == ["Quimper", "06 39 98 00 00"]
    assert teaching.names(text) == []
    assert teaching.names("chez Anne Le Gall, rue Verte") == ["Anne Le Gall", "rue Verte"]


def test_stand_ins_are_not_taken_for_names_by_the_real_masking():
    teaching = Teaching(masking.spans, masking.mask)
    for kind, each in load_stand_ins().items():
        assert teaching.names(f"bonjour, {each['words']}, merci") == [], kind
    text, _ = teaching.masked("je suis Anne Le Gall, anne@legall.fr", ())
    assert text == "je suis Camille Dupont, adresse@exemple.fr"
    assert teaching.hidden("anne@legall.fr") == "[e-mail]"
