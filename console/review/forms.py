"""What a reviewer typed about a message, and what is wrong with it; nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.review.labels import KINDS, WISH_FOR_A_PERSON, Labels
from console.review.values import NoValue, value_of
from conversations.review_masking import tidy
from conversations.review_ranges import Marked, apart
from conversations.review_views import Reading
from conversations.training_lines import NEED

LONGEST = 1000
MOST_NEEDS = 3


@dataclass(frozen=True)
class TypedEntity:
    """One row of the entities: `start` is where a script marked the words, empty where they were typed."""

    kind: str = ""
    words: str = ""
    value: str = ""
    start: str = ""


@dataclass(frozen=True)
class TypedReading:
    """The form as it came."""

    text: str
    labels: tuple[str, ...]
    about: str = ""
    entities: tuple[TypedEntity, ...] = ()
    comment: str = ""


@dataclass
class Checked:
    """What the form says, None where it cannot be kept; `wrong` names what is wrong, with values for its sentence."""

    reading: Reading | None = None
    wrong: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def typed_again(reading: Reading, comment: str = "") -> TypedReading:
    """Return the form that says what `reading` does."""
    labels = tuple(NEED + each for each in reading.needs) or ((reading.label,) if reading.label else ())
    entities = tuple(
        TypedEntity(each.kind, reading.text[each.start : each.end], each.value, str(each.start))
        for each in reading.entities
    )
    return TypedReading(reading.text, labels, reading.about or "", entities, comment)


def check(typed: TypedReading, labels: Labels) -> Checked:
    """Return what the form says, or what is wrong with it."""
    checked = Checked()
    text, _ = tidy(typed.text)
    if not text or len(text) > LONGEST:
        checked.wrong.append(("text", {"longest": str(LONGEST)}))
    label, needs = _labels(typed.labels, labels, checked)
    about = typed.about if label == WISH_FOR_A_PERSON and typed.about in labels.needs else None
    entities = _entities(text, typed.entities, checked)
    if not checked.wrong:
        checked.reading = Reading(text, label, needs, about, entities)
    return checked


def _labels(chosen: Sequence[str], labels: Labels, checked: Checked) -> tuple[str, tuple[str, ...]]:
    """Return the main label and the needs; an act stands alone."""
    wanted = list(dict.fromkeys(each for each in chosen if each))
    if not wanted or any(each not in labels.all for each in wanted) or len(wanted) > MOST_NEEDS:
        checked.wrong.append(("label", {}))
        return "", ()
    if len(wanted) > 1 and not all(each.startswith(NEED) for each in wanted):
        checked.wrong.append(("act_alone", {}))
        return "", ()
    needs = tuple(each.removeprefix(NEED) for each in wanted if each.startswith(NEED))
    return wanted[0], needs


def _entities(text: str, rows: Sequence[TypedEntity], checked: Checked) -> tuple[Marked, ...]:
    found: list[Marked] = []
    for row in rows:
        if row.kind and row.words.strip():
            entity = _entity(text, row, found, checked)
            found += [entity] if entity else []
    if not apart(found):
        checked.wrong.append(("overlap", {}))
    return tuple(sorted(found, key=lambda each: each.start))


def _entity(text: str, row: TypedEntity, found: Sequence[Marked], checked: Checked) -> Marked | None:
    words, _ = tidy(row.words)
    start = _place(text, words, row.start, found)
    if row.kind not in KINDS or start is None:
        checked.wrong.append(("words", {"words": words}))
        return None
    try:
        return Marked(row.kind, start, start + len(words), value_of(row.kind, words, row.value))
    except NoValue as none:
        name = "value_choices" if none.choices else "value"
        checked.wrong.append((name, {"words": words, "kind": row.kind, "choices": ", ".join(none.choices)}))
        return None


def _place(text: str, words: str, start: str, found: Sequence[Marked]) -> int | None:
    """Return where the words stand: where they were marked, else their first place that no entity holds."""
    if start.isdecimal() and len(start) < 6 and text[int(start) :].startswith(words):
        return int(start)
    at = text.find(words)
    while at >= 0 and not apart([*found, Marked("", at, at + len(words), "")]):
        at = text.find(words, at + 1)
    return at if at >= 0 else None
