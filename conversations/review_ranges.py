"""Keeps entities at their words while a text around them changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Marked:
    """One entity in a text: its kind, where it begins and ends, its value as training files write it."""

    kind: str
    start: int
    end: int
    value: str

    def to_dict(self) -> dict[str, str | int]:
        """Return the entity as the record keeps it."""
        return {"entity": self.kind, "start": self.start, "end": self.end, "value": self.value}


@dataclass(frozen=True)
class Replacement:
    """One piece of a text that gives way to other words; `kind` and `value` where these are an entity themselves."""

    start: int
    end: int
    words: str
    kind: str = ""
    value: str = ""


def replaced(
    text: str, entities: Iterable[Marked], replacements: Iterable[Replacement]
) -> tuple[str, tuple[Marked, ...]]:
    """Return the text with its replacements made, and its entities at their new places.

    An entity that a replacement touches is gone. Of replacements that overlap the first counts.
    """
    waiting, parts, kept = list(entities), [], []
    end = length = 0
    for each in sorted(replacements, key=lambda each: (each.start, -each.end)):
        if each.start < end:
            continue
        kept += [_moved(one, length - end) for one in waiting if end <= one.start and one.end <= each.start]
        parts += [text[end : each.start], each.words]
        length += each.start - end
        if each.kind:
            kept.append(Marked(each.kind, length, length + len(each.words), each.value))
        length, end = length + len(each.words), each.end
    kept += [_moved(one, length - end) for one in waiting if one.start >= end]
    return "".join(parts) + text[end:], tuple(kept)


def follow(entities: Sequence[Marked], old: str, new: str) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    """Return the entities at their places in the edited text `new`, and those whose words are no longer there whole."""
    same = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    kept, lost = [], []
    for each in entities:
        block = next((b for b in same if b.a <= each.start and each.end <= b.a + b.size), None)
        if block is None:
            lost.append(each)
        else:
            kept.append(_moved(each, block.b - block.a))
    return tuple(kept), tuple(lost)


def apart(entities: Iterable[Marked]) -> bool:
    """Tell whether no two of the entities share a letter."""
    ordered = sorted(entities, key=lambda each: each.start)
    return all(first.end <= second.start for first, second in zip(ordered, ordered[1:], strict=False))


def annotated(text: str, entities: Iterable[Marked]) -> str:
    """Return the text as training files mark it: « à [Quimper](location:com29232) »."""
    parts, end = [], 0
    for each in sorted(entities, key=lambda each: each.start):
        parts += [text[end : each.start], f"[{text[each.start : each.end]}]({each.kind}:{each.value})"]
        end = each.end
    return "".join(parts) + text[end:]


def _moved(entity: Marked, by: int) -> Marked:
    return replace(entity, start=entity.start + by, end=entity.end + by)
