"""What a turn says of what followed: answers that named nobody, schemes that were shown, barriers that were heard.

They are noted with the turn, so that a year of them is counted by the database and no conversation is read again.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.models import BotMessageRow, TurnRow
from conversations.statistics.models import SignRow

FILE = Path(__file__).with_name("barriers.yml")
NOTHING, NATIONAL, SCHEME, BARRIER = "nothing", "national", "scheme", "barrier"
CONTACTS, FUNDING = "contacts", "funding"
MOST_TITLE = 200
Sign = tuple[str, str]  # a kind, and the code of a need, a scheme or a barrier


def take(session: Session, turn: TurnRow, needs: Collection[str]) -> None:
    """Note what a turn says that its conversation did not say before; `needs` are those heard in it."""
    act = ((turn.understood or {}).get("intent") or {}).get("name")
    said = session.scalars(select(BotMessageRow.custom).where(BotMessageRow.turn_id == turn.id))
    found = signs_of(needs, act, (custom for custom in said if isinstance(custom, dict)))
    if not found:
        return
    mine = select(SignRow.kind, SignRow.code).where(SignRow.conversation_id == turn.conversation_id)
    for kind, code in found.keys() - {tuple(row) for row in session.execute(mine)}:
        title = found[kind, code]
        session.add(SignRow(conversation_id=turn.conversation_id, kind=kind, code=code, title=title))


def signs_of(
    needs: Collection[str], act: str | None, answers: Iterable[Mapping[str, Any]]
) -> dict[Sign, str | None]:
    """Return what needs, an act and the cards of a turn say, with the title of what has one."""
    found: dict[Sign, str | None] = {
        (BARRIER, name): None
        for name, heard in barriers().items()
        if act in heard["acts"] or not set(needs).isdisjoint(heard["needs"])
    }
    for card in answers:
        found |= _of_card(card)
    return found


@lru_cache(maxsize=1)
def barriers() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the needs and acts in which each barrier is heard."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _of_card(card: Mapping[str, Any]) -> dict[Sign, str | None]:
    kind, need = card.get("type"), card.get("need")
    if kind not in (CONTACTS, FUNDING):
        return {}
    items = [each for each in card.get("items") or [] if isinstance(each, dict)]
    found: dict[Sign, str | None] = {}
    if need and not items:
        found[NOTHING, need] = None
    elif need and kind == CONTACTS and all(each.get("level") == "national" for each in items):
        found[NATIONAL, need] = None
    if kind == FUNDING:
        shown = ((str(each["id"]), each.get("title")) for each in items if each.get("id"))
        found |= {(SCHEME, code): str(title or code)[:MOST_TITLE] for code, title in shown}
    return found
