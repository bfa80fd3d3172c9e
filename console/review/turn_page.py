"""The page of one message: how it was understood, and what a person makes of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from console.pages import shown
from console.review.checks import Finding
from console.review.desk import ReviewDesk, choices
from console.review.forms import TypedEntity, TypedReading, typed_again
from console.review.labels import KINDS, Labels
from console.viewers import Viewer
from conversations.review_ranges import Marked
from conversations.review_views import HeardTurn, Reading

# Rows of the entities' table that wait to be filled where no script marks words.
EMPTY_ROWS = 2
AROUND = 2


def labels_of(request: Request) -> Labels:
    """Return the labels with the names that the console's wording gives."""
    wording = request.app.state.pages.wording
    return Labels(wording.names("needs"), wording.names("acts"))


def turn_page(
    request: Request,
    viewer: Viewer,
    desk: ReviewDesk,
    turn: HeardTurn,
    typed: TypedReading | None = None,
    wrong: Sequence[tuple[str, dict[str, str]]] = (),
    findings: Sequence[Finding] = (),
    done: str = "",
) -> Response:
    """Show the page; `typed` is the form where it could not be kept, `findings` what stands against teaching."""
    turns = desk.reviews.turns(turn.conversation_id)
    heard = desk.heard(turn)
    kept = turn.correction
    reading = kept.reading if kept else heard
    form = typed or typed_again(reading, kept.comment if kept else "")
    return shown(
        request,
        "review/turn.html",
        viewer,
        422 if wrong or findings else 200,
        turn=turn,
        heard=heard,
        segments=segments(heard),
        choices=choices(turn),
        form=replace(form, entities=(*form.entities, *(TypedEntity(),) * EMPTY_ROWS)),
        slots=tuple((form.labels + ("", "", ""))[:3]),
        before=[desk.hidden(each.text) for each in _around(turns, turn)],
        masked_words=desk.hidden(turn.words) if turn.words else "",
        answers=[desk.hidden(each) for each in turn.answers],
        count=len(turns),
        previous=_beside(turns, turn, -1),
        following=_beside(turns, turn, 1),
        standing=desk.reviews.standing(turn.conversation_id),
        reviewers=desk.reviewers(),
        people=desk.people(),
        labels=labels_of(request),
        kinds=KINDS,
        wrong=wrong,
        findings=findings,
        stops=any(each.stops for each in findings),
        done=done,
    )


def segments(reading: Reading) -> list[tuple[str, str, str]]:
    """Return the text in pieces: (words, kind, value), kind and value empty outside entities."""
    pieces, end = [], 0
    entities: Sequence[Marked] = sorted(reading.entities, key=lambda each: each.start)
    for each in entities:
        if each.start < end:
            continue
        pieces += [
            (reading.text[end : each.start], "", ""),
            (reading.text[each.start : each.end], each.kind, each.value),
        ]
        end = each.end
    return [piece for piece in [*pieces, (reading.text[end:], "", "")] if piece[0]]


def _around(turns: Sequence[HeardTurn], turn: HeardTurn) -> Sequence[HeardTurn]:
    """Return the turns just before: what they said may be what the message means."""
    place = next((place for place, each in enumerate(turns) if each.id == turn.id), 0)
    return turns[max(0, place - AROUND) : place]


def _beside(turns: Sequence[HeardTurn], turn: HeardTurn, step: int) -> Any:
    place = next((place for place, each in enumerate(turns) if each.id == turn.id), 0) + step
    return turns[place] if 0 <= place < len(turns) else None
