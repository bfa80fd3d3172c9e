"""What a turn says of what followed: answers that named nobody, schemes that were shown, barriers that were heard.

They are noted with the turn, so that a year of them is counted by the database and no conversation is read again.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.engine import Connection

from conversations.models import BotMessageRow, TurnRow
from conversations.statistics.models import SignRow
from yaml_files import read_yaml

FILE = Path(__file__).with_name("barriers.yml")
NOTHING, NATIONAL, SCHEME, BARRIER = "nothing", "national", "scheme", "barrier"
CONTACTS, FUNDING = "contacts", "funding"
MOST_TITLE = 200
_MESSAGES, _SIGNS = BotMessageRow.__table__, SignRow.__table__
_CARDS = select(_MESSAGES.c.custom).where(_MESSAGES.c.turn_id == bindparam("turn"))
_NOTED = select(_SIGNS.c.kind, _SIGNS.c.code).where(_SIGNS.c.conversation_id == bindparam("mine"))
Sign = tuple[str, str]  # a kind, and the code of a need, a scheme or a barrier


def take(connection: Connection, turn: TurnRow, needs: Collection[str]) -> None:
    """Note what a turn says that its conversation did not say before; `needs` are those heard in it."""
    act = ((turn.understood or {}).get("intent") or {}).get("name")
    said = connection.execute(_CARDS, {"turn": turn.id}).scalars()
    found = signs_of(needs, act, (custom for custom in said if isinstance(custom, dict)))
    if not found:
        return
    noted = {tuple(row) for row in connection.execute(_NOTED, {"mine": turn.conversation_id})}
    new = [
        {"conversation_id": turn.conversation_id, "kind": kind, "code": code, "title": found[kind, code]}
        for kind, code in found.keys() - noted
    ]
    if new:
        connection.execute(insert(_SIGNS), new)


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
    return read_yaml(FILE)


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
