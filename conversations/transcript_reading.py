"""From rows of turns to what a person reads, with names hidden where the reader needs none."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from conversations.digest_rules import is_doubt
from conversations.models import BotMessageRow, TurnRow
from conversations.opinions import Opinion
from conversations.review_ranges import Marked
from conversations.transcript_views import Fact, Guess, Item, Part, ReadTurn, Reply, Step, Understanding

Understood = Mapping[str, Any]
# Slots that hold how an owner can be reached, or their own words: nothing for readers who need no names.
PERSONAL = frozenset({"contact", "form", "results", "question"})
# Slots that are the assistant's own bookkeeping.
BOOKKEEPING = frozenset({"shown", "said", "session_started_metadata"})
COUNTERS = frozenset({"doubts", "complaints", "place_asked"})
REASONS = {"contacts": ("why",), "funding": ("eligible", "reasons"), "guidance": ()}
MOST_VALUE = 300


class Veil(Protocol):
    """Hides what names somebody."""

    def text(self, text: str) -> str:
        """Return `text` with names hidden."""

    def marked(self, text: str, entities: Sequence[Marked]) -> tuple[str, Sequence[Marked]]:
        """Return `text` with names hidden, and its entities at their new places; one that was hidden is gone."""


class _Open:
    """Hides nothing."""

    def text(self, text: str) -> str:
        return text

    def marked(self, text: str, entities: Sequence[Marked]) -> tuple[str, Sequence[Marked]]:
        return text, entities


OPEN: Veil = _Open()


def turn_view(
    row: TurnRow,
    number: int,
    replies: Iterable[BotMessageRow],
    opinions: Mapping[int, Opinion],
    veil: Veil = OPEN,
) -> ReadTurn:
    """Return a turn with its replies, in their order, and what was thought of them."""
    return ReadTurn(
        id=row.id,
        number=number,
        spoken=row.position is not None,
        parts=_parts(row.text or "", row.understood, veil),
        state=row.state,
        at=row.received_at,
        replies=tuple(_reply(each, opinions.get(each.position), veil) for each in replies),
        understanding=_understanding(row, veil) if row.understood else None,
        model_id=row.model_id,
        failure=row.failure,
        attempts=row.attempts,
        waited=(row.finished_at - row.received_at).total_seconds() if row.finished_at else None,
    )


def _parts(text: str, understood: Understood | None, veil: Veil) -> tuple[Part, ...]:
    """Return the message in pieces; of entities that share letters the first counts."""
    placed = [each for each in _entities(understood) if _has_place(each, text)]
    marked = [Marked(each["entity"], each["start"], each["end"], _value(each)) for each in placed]
    text, marked = veil.marked(text, _apart(marked))
    parts, at = [], 0
    for each in sorted(marked, key=lambda one: one.start):
        parts += [
            Part(text[at : each.start]),
            Part(text[each.start : each.end], each.kind, veil.text(each.value)),
        ]
        at = each.end
    parts.append(Part(text[at:]))
    return tuple(part for part in parts if part.text)


def _apart(marked: Iterable[Marked]) -> list[Marked]:
    kept: list[Marked] = []
    for each in sorted(marked, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _understanding(row: TurnRow, veil: Veil) -> Understanding:
    understood = row.understood
    text = row.text or ""
    placeless = [each for each in _entities(understood) if not _has_place(each, text)]
    intent = understood.get("intent") or {}
    ranking = understood.get("intent_ranking") or ([intent] if intent.get("name") else [])
    return Understanding(
        ranking=tuple(Guess(str(each["name"]), float(each.get("confidence") or 0)) for each in ranking),
        needs=tuple(map(str, understood.get("needs") or ())),
        found=tuple(Fact(str(each.get("entity")), veil.text(_value(each))) for each in placeless),
        slots=_slots(understood.get("slots") or {}, veil),
        steps=_steps(understood),
        doubtful=is_doubt(understood),
    )


def _slots(slots: Mapping[str, Any], veil: Veil) -> tuple[Fact, ...]:
    left_out = BOOKKEEPING if veil is OPEN else BOOKKEEPING | PERSONAL
    shown = {name: slots[name] for name in sorted(slots) if name not in left_out and _says(name, slots[name])}
    return tuple(Fact(name, veil.text(_short(value))) for name, value in shown.items())


def _says(name: str, value: Any) -> bool:
    """Tell whether a slot says anything: empty lists and « no » do not; zero does, unless it is a counter's."""
    return bool(value) or (value == 0 and value is not False and name not in COUNTERS)


def _steps(understood: Understood) -> tuple[Step, ...]:
    timed = understood.get("timings")
    if timed:
        return tuple(Step(str(each.get("action")), each.get("ms")) for each in timed)
    return tuple(Step(str(each), None) for each in understood.get("actions") or ())


def _reply(row: BotMessageRow, opinion: Opinion | None, veil: Veil) -> Reply:
    card = row.custom or {}
    kind = card.get("type")
    shown = card.get("facts" if kind == "guidance" else "items") or ()
    return Reply(
        number=row.position,
        text=veil.text(row.text),
        buttons=tuple(veil.text(str(each.get("title") or "")) for each in row.buttons or ()),
        kind=kind,
        items=tuple(_item(kind, each) for each in shown if isinstance(each, dict)),
        at=row.at,
        author=str(card.get("name") or "") if kind == "advisor" else None,
        opinion=opinion
        and Opinion(opinion.thumb, opinion.reason, opinion.words and veil.text(opinion.words)),
    )


def _item(kind: str | None, shown: Mapping[str, Any]) -> Item:
    """Return a contact, a scheme or a fact by its name; these are of the knowledge base, not of the owner."""
    name = next((str(shown[key]) for key in ("name", "title", "text") if shown.get(key)), "")
    reasons = [shown.get(key) for key in REASONS.get(kind or "", ())]
    flat = [each for reason in reasons for each in (reason if isinstance(reason, list) else [reason]) if each]
    return Item(name, tuple(map(str, flat)))


def _entities(understood: Understood | None) -> list[Mapping[str, Any]]:
    found = (understood or {}).get("entities") or []
    return [each for each in found if isinstance(each, dict) and each.get("entity")]


def _has_place(entity: Mapping[str, Any], text: str) -> bool:
    start, end = entity.get("start"), entity.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)


def _value(entity: Mapping[str, Any]) -> str:
    """Return the value of an entity, with the code of a place."""
    code = (entity.get("additional_info") or {}).get("code")
    value = _short(entity.get("value"))
    return f"{value} ({code})" if entity.get("entity") == "location" and code else value


def _short(value: Any) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= MOST_VALUE else written[: MOST_VALUE - 1] + "…"
