"""The slug a new record is served under: that of the same body or scheme in another source, or its own."""

from knowledge.importing import identity
from knowledge.importing.records import Imported
from knowledge.importing.sources import CONTENT, EDITED
from knowledge.importing.staging import Staging, kind_of


def slug_of(item: Imported, staging: Staging) -> tuple[str, str | None]:
    """Return the slug for a record that is new to its source, and a slug that it takes the place of.

    The id of a record of our own content is its slug: what was served under another moves to it. A record that was
    changed in the console is the one of its id.
    """
    if staging.source == EDITED or (staging.source == CONTENT and staging.alone):
        return item.record.id, None
    found = _same(item, staging)
    if staging.source == CONTENT:
        return item.record.id, found if found != item.record.id else None
    return found or _free(item, staging), None


def _free(item: Imported, staging: Staging) -> str:
    wanted, number = item.record.id, 1
    while staging.under(kind_of(item.record), [wanted]):
        number += 1
        wanted = f"{item.record.id[:76]}-{number}"
    return wanted


def _same(item: Imported, staging: Staging) -> str | None:
    kind = kind_of(item.record)
    by_key = staging.sharing(kind, item.keys) if item.keys else []
    strong = [row for row in by_key if not row.key.startswith(identity.WEAK)]
    if strong:
        return min(row.slug for row in strong)
    ground = identity.ground_of(item.record)
    weak = [row for row in by_key if row.family == ground[0] and _near(row, ground)]
    scored = _scored(item, weak, identity.enough(kind, weak_key=True))
    scored += _scored(item, staging.alike(kind, ground), identity.enough(kind))
    return _best([each for each in scored if _may_join(item, each[2], staging)], ground)


def _near(row, ground: tuple[str, str, str | None]) -> bool:
    _, territory, seat = ground
    return row.territory == territory or (seat is not None and row.seat == seat)


def _scored(item: Imported, rows: list, least: float) -> list[tuple[float, str, object]]:
    kind, name = kind_of(item.record), identity.name_of(item.record)
    scored = [(identity.likeness(kind, name, row.name), row.slug, row) for row in rows]
    return [each for each in scored if each[0] >= least]


def _may_join(item: Imported, row, staging: Staging) -> bool:
    """A source tells its own records apart: two of them are one only where they have the same name."""
    held = staging.under(kind_of(item.record), [row.slug])
    own = [other for other in held if other.source == staging.source]
    name = identity.name_of(item.record)
    return all(identity.same_name(other.name, name) and other.seat == row.seat for other in own)


def _best(scored: list[tuple[float, str, object]], ground: tuple[str, str, str | None]) -> str | None:
    """Return the slug of the record that is most alike, same seat first; None where two are equally so."""
    if not scored:
        return None
    ranks = {}
    for score, slug, row in scored:
        rank = (row.seat == ground[2] and ground[2] is not None, score)
        ranks[slug] = max(ranks.get(slug, rank), rank)
    top = max(ranks.values())
    first = [slug for slug, rank in ranks.items() if rank == top]
    return first[0] if len(first) == 1 else None
