"""Forms that the models make: nothing is lost on the way, and everything is told in French."""

import json
import re

import pytest
from starlette.datastructures import FormData

from console.pages import HERE
from console.records.forms import Form
from console.records.reading import values_of
from console.records.shapes import Shape
from console.records.words import load_words
from knowledge.editing.checking import Fault, Faulty, checked
from knowledge.importing.staging import MODELS
from knowledge.loader import read_content
from settings import Settings

WORDS = load_words()
KINDS = sorted(MODELS)


@pytest.fixture(scope="module")
def content(territories):
    return read_content(Settings().content, territories)


def leaves(controls):
    """Yield the controls that hold something themselves."""
    for control in controls:
        if control.shape in (Shape.GROUP, Shape.ROWS):
            yield from leaves(part for row in control.parts for part in row)
        else:
            yield control


def chosen(choices) -> str:
    return next((each.code for each in choices if each.chosen), "")


def sent(control) -> list[str]:
    """Return what a browser sends of a control that nobody touched."""
    if control.shape is Shape.TICK:
        return ["1"] if control.value else []
    if control.shape is Shape.CHOICES:
        return [each.code for each in control.choices if each.chosen]
    if control.shape is Shape.RANKED:
        return [chosen(rank) for rank in control.ranks]
    if control.shape is Shape.CHOICE:
        return [chosen(control.choices)]
    return [str(control.value).replace("\n", "\r\n")]


def typed(form: Form) -> FormData:
    """Return what a browser sends of a form that nobody touched."""
    controls = leaves(control for group in form.groups for control in group.controls)
    return FormData([(control.name, value) for control in controls for value in sent(control)])


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_a_record_stands_once_in_its_form_or_is_fixed(kind):
    names = [name for group in WORDS.groups(kind) for name in group["fields"]]
    assert len(names) == len(set(names))
    assert set(names) | WORDS.fixed == set(MODELS[kind].__fields__)


def test_a_form_sent_back_as_it_is_changes_no_record_of_the_content(content):
    for kind, records in (("advisor", content.advisors), ("scheme", content.schemes)):
        for record in records.values():
            before = json.loads(record.json(exclude_none=True))
            values = values_of(kind, typed(Form(WORDS, kind, before)), WORDS, before)
            assert checked(kind, values, content, _Everywhere()) == record


class _Everywhere:
    """Territories that hold every code: where a record stands is not this test's subject."""

    def get(self, level, code):
        return None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 500,5", 1500.5),
        ("12", 12),
        ("12,0", 12),
        ("1\u202f500", 1500),
        ("dix", "dix"),
        ("1e9", "1e9"),
        ("", None),
    ],
)
def test_numbers_are_read_as_the_french_write_them(text, value):
    values = values_of("advisor", FormData([("headcount_min", text)]), WORDS, {})
    assert values.get("headcount_min") == value


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(content, territories):
    values = {
        "id": "a",
        "phone": "12",
        "area": ["DEP-29", "ici"],
        "headcount_min": "dix",
        "services": "x" * 300,
        "needs": ["website"],
    }
    with pytest.raises(Faulty) as raised:
        checked("advisor", values, content, territories)
    form = Form(WORDS, "advisor", values, raised.value.faults)
    controls = {control.name: control for group in form.groups for control in group.controls}
    assert "12\u00a0» n’est pas un numéro français" in controls["phone"].faults[0]
    assert controls["phone"].value == "12"
    assert "ici\u00a0» n’est pas une zone" in controls["area"].faults[0]
    assert controls["area"].value == "DEP-29\nici"
    assert controls["headcount_min"].faults == ("Écrivez un nombre entier, en chiffres.",)
    assert "220 caractères au plus" in controls["services"].faults[0]
    assert controls["name"].faults == ("Ce champ est obligatoire.",)
    assert {wrong.name for wrong in form.wrongs} >= {
        "phone",
        "area",
        "headcount_min",
        "services",
        "name",
        "kind",
    }


def test_what_is_wrong_within_a_row_stands_in_the_row():
    values = {"porteurs": [{"nom": "Région"}, {"nom": "État", "siren": "12"}]}
    faults = [Fault(("porteurs", 1, "siren"), "str.regex"), Fault(("porteurs", 0, "roles"), "missing")]
    form = Form(WORDS, "scheme", values, faults)
    [porteurs] = [each for group in form.groups for each in group.controls if each.name == "porteurs"]
    first, second, spare = porteurs.parts
    assert [part.faults for part in first] == [(), (), ("Ce champ est obligatoire.",)]
    assert second[1].faults == ("La forme n’est pas la bonne. Relisez l’exemple.",)
    assert [part.value for part in spare] == ["", "", ""]


def test_one_more_row_is_given_where_it_is_asked_for():
    form = Form(WORDS, "scheme", {"base_juridique": []}, more="base_juridique")
    [texts] = [each for group in form.groups for each in group.controls if each.name == "base_juridique"]
    assert len(texts.parts) == 2


def test_every_fault_of_the_checks_has_its_sentence():
    """Codes that the models and the references can raise are those that fields.yml says."""
    said = set(WORDS._tree["faults"]) | {"form"}
    source = (HERE.parent / "knowledge" / "references.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"(no_[a-z_]+|not_country)"', source))
    raised = {"no_source", "unread_number", "first_for"}
    assert named | raised <= said
    classes = {each.__name__.lower() for each in _field_classes()}
    assert classes <= set(WORDS._tree["forms"])


def _field_classes():
    from knowledge.fields import Checked

    return Checked.__subclasses__()


def test_help_is_typed_as_french_wants():
    for name in ("groups", "fields", "faults", "forms"):
        text = json.dumps(WORDS._tree[name], ensure_ascii=False)
        assert not re.search(r"\w'\w|\w[!?;](?!\w)", text), name
