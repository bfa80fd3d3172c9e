"""How far somebody may see: a condition that is part of every question to the record, so that no page can forget it."""

from collections.abc import Collection
from typing import Any, Protocol

from sqlalchemy import false, or_, select
from sqlalchemy.sql import Select

from conversations.digest_models import ConversationBodyRow, DigestRow

# Of more départements than this, all together.
MOST_WAYS = 8


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


def ways(found: Select, sight: Sight | None) -> list[Select]:
    """Return `found`, a statement over `DigestRow`, once for each way in which a conversation may be seen.

    Together they find what `visible` lets through, some of it twice: each way has an index that gives its rows in
    order, which no condition with « or » in it has.
    """
    if sight is None:
        return [found]
    apart = [found.where(DigestRow.departement == each) for each in sorted(sight.departments)]
    if len(apart) > MOST_WAYS:
        apart = [found.where(DigestRow.departement.in_(sorted(sight.departments)))]
    apart += [found.where(DigestRow.region == each) for each in sorted(sight.regions)]
    if sight.bodies:
        asked = found.join(
            ConversationBodyRow, ConversationBodyRow.conversation_id == DigestRow.conversation_id
        )
        apart.append(asked.where(ConversationBodyRow.body_id.in_(sorted(sight.bodies))))
    return apart or [found.where(false())]
