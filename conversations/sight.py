"""How far somebody may see: a condition that is part of every question to the record, so that no page can forget it."""

from collections.abc import Collection
from typing import Any, Protocol

from sqlalchemy import false, or_, select

from conversations.digest_models import ConversationBodyRow, DigestRow
from conversations.facets import facet, holds_any


class Sight(Protocol):
    """The conversations of these territories, and those with a request to one of these bodies.

    `departments` and `regions` are official codes, `bodies` ids of the knowledge base.
    """

    bodies: Collection[str]
    departments: Collection[str]
    regions: Collection[str]


def visible(sight: Sight | None) -> list[Any]:
    """Return the conditions on `DigestRow` for what may be seen; none where `sight` is None: that is everything."""
    if sight is None:
        return []
    ways = []
    if sight.departments:
        ways.append(DigestRow.departement.in_(sorted(sight.departments)))
    if sight.regions:
        ways.append(DigestRow.region.in_(sorted(sight.regions)))
    if sight.bodies:
        asked = select(ConversationBodyRow.conversation_id).where(
            ConversationBodyRow.conversation_id == DigestRow.conversation_id,
            ConversationBodyRow.body_id.in_(sorted(sight.bodies)),
        )
        ways.append(asked.exists())
    return [or_(*ways) if ways else false()]


def listed(sight: Sight | None, column: Any = DigestRow.facets) -> list[Any]:
    """Return the same as `visible`, for questions about many: by facets, which stand in `column` and have an index."""
    if sight is None:
        return []
    held = {"departement": sight.departments, "region": sight.regions, "body": sight.bodies}
    facets = [facet(kind, each) for kind, values in held.items() for each in sorted(values)]
    return [holds_any(column, facets) if facets else false()]
