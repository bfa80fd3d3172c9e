"""What the dead-link check found, for people and for programs."""

import json
from collections import Counter
from collections.abc import Mapping

from knowledge.freshness.links import Link, LinkState
from knowledge.freshness.tables import Table
from knowledge.freshness.text import WIDTH, write_table
from knowledge.freshness.words import Words

Users = Mapping[str, list[str]]


def has_gone(links: list[Link]) -> bool:
    """Say whether a page is gone: somebody has to change a record."""
    return any(link.state is LinkState.GONE for link in links)


def links_text(links: list[Link], users: Users, words: Words, width: int = WIDTH) -> str:
    """Return what is not in order, the gravest first, and how many addresses are in each state."""
    counted = Counter(link.state for link in links)
    parts = ", ".join(
        f"{counted[state]} {words.say('links', state)}" for state in LinkState if counted[state]
    )
    total = words.say("links", "total", count=len(links), parts=parts)
    wrong = [link for link in links if link.state is not LinkState.OK]
    return f"{write_table(_table(wrong, users, words), width)}\n{total}" if wrong else total


def links_json(links: list[Link], users: Users) -> str:
    """Return every link with its users, as a JSON list."""
    told = [
        {
            "url": link.url,
            "state": link.state.value,
            "status": link.status,
            "final": link.final,
            "error": link.error,
            "used_by": users[link.url],
        }
        for link in links
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _table(links: list[Link], users: Users, words: Words) -> Table:
    headings = ["state", "http", "url", "final", "users"]
    rows = [
        [
            words.say("links", link.state),
            str(link.status or link.error or ""),
            link.url,
            link.final or "",
            ", ".join(users[link.url]),
        ]
        for link in links
    ]
    named = [words.say("columns", heading) for heading in headings]
    return Table("links", "", named, rows, labels=len(headings))
