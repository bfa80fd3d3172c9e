"""What ties the files together: codes of territories, ids of other records, words declared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, NATIONAL, UNION, split_zone
from knowledge.errors import ContentError
from knowledge.guidance import references as guidance_references
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories, UnknownTerritory

if TYPE_CHECKING:
    from knowledge.loader import Content, Source


def check(content: Content, sources: dict[str, Source], territories: Territories) -> list[ContentError]:
    """Return every reference that leads nowhere; `sources` gives the lines, by `folder/id`."""
    errors = []
    for key, advisor in content.advisors.items():
        source = sources[f"advisors/{key}"]
        errors += [source.error(*found) for found in _advisor(advisor, territories)]
    for key, scheme in content.schemes.items():
        source = sources[f"schemes/{key}"]
        errors += [source.error(*found) for found in _scheme(scheme, content, territories)]
    return errors + list(guidance_references.check(content.guidance, sources))


def _advisor(advisor: Advisor, territories: Territories) -> Iterator[tuple[tuple, str]]:
    if advisor.level == NATIONAL:
        if advisor.territory != "FR":
            yield ("territory",), f"territory `{advisor.territory}` is not FR, though the level is national"
    elif not _exists(territories, advisor.level, advisor.territory):
        yield ("territory",), f"no {advisor.level} has the code `{advisor.territory}`"
    for key in ("area", "area_exclusions"):
        for index, zone in enumerate(getattr(advisor, key)):
            if not _zone_exists(territories, zone):
                yield (key, index), f"no territory has the code `{zone}`"
    if advisor.seat and not _zone_exists(territories, advisor.seat):
        yield ("seat",), f"no territory has the code `{advisor.seat}`"


def _scheme(scheme: Scheme, content: Content, territories: Territories) -> Iterator[tuple[tuple, str]]:
    for key in ("eligibilite_geographique", "eligibilite_geographique_exclusions"):
        for index, zone in enumerate(getattr(scheme, key)):
            if not _zone_exists(territories, zone):
                yield (key, index), f"no territory has the code `{zone}`"
    for index, contact in enumerate(scheme.contacts):
        if contact not in content.advisors:
            yield ("contacts", index), f"`contacts` names `{contact}`, but there is no advisors/{contact}.yml"
    for key in ("variant_of", "replaced_by", "chainage_paiement"):
        named = getattr(scheme, key)
        if named and named not in content.schemes:
            yield (key,), f"`{key}` names `{named}`, but there is no schemes/{named}.yml"
    yield from _combined(scheme, content)
    yield from _labels(scheme, content)


def _combined(scheme: Scheme, content: Content) -> Iterator[tuple[tuple, str]]:
    for key in ("combined_with", "not_combined_with"):
        for index, other in enumerate(getattr(scheme, key)):
            if other not in content.schemes:
                yield (key, index), f"`{key}` names `{other}`, but there is no schemes/{other}.yml"


def _labels(scheme: Scheme, content: Content) -> Iterator[tuple[tuple, str]]:
    if content.reference is None:  # already reported; every label would be unknown
        return
    known = {sector.label for sector in content.reference.sectors}
    for key in ("ciblage_secteur_activite", "sector_exclusions"):
        for index, label in enumerate(getattr(scheme, key)):
            if label not in known:
                yield (key, index), f"the activity « {label} » is not declared in sectors.yml"


def _zone_exists(territories: Territories, zone: str) -> bool:
    kind, code = split_zone(zone)
    return zone in (COUNTRY, UNION) or (
        kind in LEVEL_OF_ZONE and _exists(territories, LEVEL_OF_ZONE[kind], code)
    )


def _exists(territories: Territories, level: str, code: str) -> bool:
    try:
        territories.get(str(level), code)
    except UnknownTerritory:
        return False
    return True
