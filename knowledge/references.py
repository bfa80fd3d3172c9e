"""What ties the files together: codes of territories, ids of other records, words declared elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, NATIONAL, UNION, split_zone
from knowledge.errors import ContentError
from knowledge.guidance import references as guidance_references
from knowledge.schema import Advisor, Reference, Scheme
from knowledge.territories import Territories, UnknownTerritory

if TYPE_CHECKING:
    from knowledge.loader import Content, Source


_SAID = {
    "not_country": "territory `{value}` is not FR, though the level is national",
    "no_place": "no {level} has the code `{value}`",
    "no_zone": "no territory has the code `{value}`",
    "no_body": "`{field}` names `{value}`, but there is no advisors/{value}.yml",
    "no_scheme": "`{field}` names `{value}`, but there is no schemes/{value}.yml",
    "no_label": "the activity « {value} » is not declared in sectors.yml",
}


@dataclass(frozen=True)
class Broken:
    """A reference that leads nowhere: what kind of fault (a key of `_SAID`), at which part of the record."""

    fault: str
    location: tuple
    value: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return _SAID[self.fault].format(value=self.value, field=self.location[0], **self.values)


class Known(Protocol):
    """What a record may refer to: the ids of bodies and schemes, the words for activities."""

    advisors: Container[str]
    schemes: Container[str]
    reference: Reference | None


def check(content: Content, sources: dict[str, Source], territories: Territories) -> list[ContentError]:
    """Return every reference that leads nowhere; `sources` gives the lines, by `folder/id`."""
    errors = []
    for folder in ("advisors", "schemes"):
        for key, record in content.kept(folder).items():
            source = sources[f"{folder}/{key}"]
            errors += [
                source.error(found.location, str(found)) for found in broken(record, content, territories)
            ]
    return errors + list(guidance_references.check(content.guidance, sources))


def broken(record: Advisor | Scheme, known: Known, territories: Territories) -> Iterator[Broken]:
    """Yield every reference of one record that leads nowhere."""
    if isinstance(record, Scheme):
        yield from _scheme(record, known, territories)
    else:
        yield from _advisor(record, territories)


def _advisor(advisor: Advisor, territories: Territories) -> Iterator[Broken]:
    if advisor.level == NATIONAL:
        if advisor.territory != "FR":
            yield Broken("not_country", ("territory",), advisor.territory)
    elif not _exists(territories, advisor.level, advisor.territory):
        yield Broken("no_place", ("territory",), advisor.territory, {"level": advisor.level.value})
    yield from _zones(advisor, ("area", "area_exclusions"), territories)
    if advisor.seat and not _zone_exists(territories, advisor.seat):
        yield Broken("no_zone", ("seat",), advisor.seat)


def _scheme(scheme: Scheme, known: Known, territories: Territories) -> Iterator[Broken]:
    zones = ("eligibilite_geographique", "eligibilite_geographique_exclusions")
    yield from _zones(scheme, zones, territories)
    for index, contact in enumerate(scheme.contacts):
        if contact not in known.advisors:
            yield Broken("no_body", ("contacts", index), contact)
    for key in ("variant_of", "replaced_by", "chainage_paiement"):
        named = getattr(scheme, key)
        if named and named not in known.schemes:
            yield Broken("no_scheme", (key,), named)
    for key in ("combined_with", "not_combined_with"):
        for index, other in enumerate(getattr(scheme, key)):
            if other not in known.schemes:
                yield Broken("no_scheme", (key, index), other)
    yield from _labels(scheme, known)


def _zones(record: Advisor | Scheme, keys: tuple[str, ...], territories: Territories) -> Iterator[Broken]:
    for key in keys:
        for index, zone in enumerate(getattr(record, key)):
            if not _zone_exists(territories, zone):
                yield Broken("no_zone", (key, index), zone)


def _labels(scheme: Scheme, known: Known) -> Iterator[Broken]:
    if known.reference is None:  # already reported; every label would be unknown
        return
    labels = {sector.label for sector in known.reference.sectors}
    for key in ("ciblage_secteur_activite", "sector_exclusions"):
        for index, label in enumerate(getattr(scheme, key)):
            if label not in labels:
                yield Broken("no_label", (key, index), label)


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
