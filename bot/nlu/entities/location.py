"""French places: communes, départements, régions, postcodes, inter-municipal bodies and nicknames."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.nlu.entities import place_beside as beside
from bot.nlu.entities import place_choice as choice
from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.place_gate import PlaceGate
from bot.nlu.entities.place_numbers import PlaceCodes
from bot.nlu.entities.place_typos import PlaceTypos
from bot.nlu.entities.places import Gazetteer, Mention
from knowledge.territories import Place, Territories

_TYPO_CONFIDENCE = 0.7
_MOST_TYPOS = 4
_MOST_AREAS = 20
# Words from a town to the area that is said to hold it.
_FARTHEST_AREA = 12
_SENTENCE_ENDS = (".", "!", "?", ";", "\n")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words `first` to `last` mean one of `places`, the likeliest first."""

    first: int
    last: int
    places: tuple[Place, ...]
    confidence: float = 1.0
    code: bool = False
    mention: Mention | None = None

    @property
    def settles(self) -> bool:
        """Whether the spot is an area or a code, which tells homonyms apart."""
        return self.code or self.places[0].level != "commune"


class Locations:
    """Finds French places; built from the territories and `vocabularies/place_words.yml`."""

    def __init__(self, territories: Territories, vocabulary: Mapping):
        self._gazetteer = Gazetteer(
            territories,
            frozenset(vocabulary["words"]) | frozenset(vocabulary["never_short"]),
            vocabulary["never_glued"],
        )
        self._codes = PlaceCodes(territories, vocabulary["corrections"])
        self._gate = PlaceGate(vocabulary)
        self._typos = PlaceTypos(territories, vocabulary)

    def find(self, message: Message) -> list[Entity]:
        """Return the places; a town and the postcode or number beside it are one entity.

        A département, région or postcode anywhere in the message settles which homonym is meant.
        """
        refused: list[Mention] = []
        spots = self._named(message, refused)
        used = {at for spot in spots for at in range(spot.first, spot.last + 1)}
        named = {place.code for spot in spots for place in spot.places if place.level == "commune"}
        codes = [code for code in self._codes.find(message, named) if code.first not in used]
        spots += [Spot(code.first, code.last, code.places, code.sure, True) for code in codes]
        spots = self._beside_areas(message, spots, refused) or self._answer(message)
        return [_entity(message, replace(spot, places=_settled(message, spot, spots))) for spot in spots]

    def _beside_areas(self, message: Message, spots: list[Spot], refused: list[Mention]) -> list[Spot]:
        """Make towns of the words, and of the names of areas, beside the area that holds such a town."""
        areas = {
            at: spot for spot in spots if spot.places[0].level != "commune" for at in (spot.first, spot.last)
        }
        more = []
        for mention in refused if areas else ():
            held = (
                beside.towns_of(message, mention, a.first, a.last, a.places[0])
                for a in _close(areas, mention)
            )
            towns = next(filter(None, held), ())
            if towns and self._gate.may_be_town(message, mention):
                more.append(Spot(mention.first, mention.last, towns))
        return [_town_of(message, spot, areas) for spot in spots] + more

    def _named(self, message: Message, refused: list[Mention]) -> list[Spot]:
        spots: list[Spot] = []
        elsewhere, at, slips = self._gate.spoken_otherwise(message), 0, _MOST_TYPOS
        while at < len(message):
            spot = None if message.taken[at] or at in elsewhere else self._exact(message, at, spots, refused)
            if spot is None and slips and not message.taken[at] and at not in elsewhere:
                spot = self._misspelt(message, at)
                slips -= spot is not None
            if spot:
                spots.append(spot)
            at = spot.last + 1 if spot else at + 1
        return spots

    def _exact(self, message: Message, at: int, before: list[Spot], refused: list[Mention]) -> Spot | None:
        mention = self._gazetteer.at(message, at)
        if mention is None:
            return None
        town = beside.town_itself(message, mention, self._gazetteer)
        said = town is not mention
        whole = mention = choice.by_accents(message, town)
        mention = replace(mention, places=choice.by_preposition(message, mention))
        near = self._neighbours(message, mention)
        listed = bool(before) and _listed(message, before[-1].last, mention.first)
        if not self._gate.lets_through(message, mention, said or bool(near), listed):
            refused.append(whole)
            return None
        first, last, places = _with_codes(mention, near)
        return Spot(first, last, places, mention=whole)

    def _misspelt(self, message: Message, at: int) -> Spot | None:
        mention = self._typos.at(message, at)
        if mention is None:
            return None
        mention = replace(mention, places=choice.by_preposition(message, mention))
        near = self._neighbours(message, mention)
        first, last, places = _with_codes(mention, near)
        return Spot(first, last, places, _TYPO_CONFIDENCE)

    def _answer(self, message: Message) -> list[Spot]:
        """Return the misspelt place of a message that holds nothing else: « Marseile »."""
        mention = None if any(message.taken) else self._typos.whole(message)
        if mention is None:
            return []
        places = choice.by_preposition(message, mention)
        return [Spot(mention.first, mention.last, places, _TYPO_CONFIDENCE)]

    def _neighbours(self, message: Message, mention: Mention) -> list[tuple[int, tuple[Place, ...]]]:
        """Return the words beside the name that are its postcode or number, and the places they leave."""
        found = []
        for at in (mention.first - 1, mention.last + 1):
            if not 0 <= at < len(message) or message.taken[at] or _parted(message, min(at, mention.last)):
                continue
            key = message.keys[at]
            area = self._codes.departement(key) if at > mention.last else None
            within = self._codes.postcode(key) or ((area,) if area else ())
            places = tuple(p for p in mention.places if any(choice.inside(p, area) for area in within))
            if not places and len(key) == 5 and within:
                same = {place.departement for place in within}
                places = tuple(place for place in mention.places if place.departement in same)
            if places:
                found.append((at, places))
        return found


def _settled(message: Message, spot: Spot, spots: list[Spot]) -> tuple[Place, ...]:
    """Return the homonyms that the area right behind, then any area, then the towns of the message leave."""
    if len(spot.places) == 1 or spot.code:
        return spot.places
    areas = [other for other in spots if other.settles and other is not spot]
    for other in areas:
        behind = choice.inner(spot.places, other.places[:_MOST_AREAS])
        if behind and beside.follows(message, spot.last, other.first):
            return behind
    everywhere = choice.inner(spot.places, [place for other in areas for place in other.places[:_MOST_AREAS]])
    towns = [other.places[0] for other in spots if other is not spot and len(other.places) == 1]
    return everywhere or choice.in_the_same(spot.places, towns) or spot.places


def _close(areas: dict[int, Spot], mention: Mention) -> list[Spot]:
    """Return the areas, by the word where they begin or end, that are near enough to speak of the name."""
    near = range(mention.first - 1, mention.last + _FARTHEST_AREA)
    return [areas[at] for at in near if at in areas and not mention.first <= at <= mention.last]


def _town_of(message: Message, spot: Spot, areas: dict[int, Spot]) -> Spot:
    """Return the town where the name of an area stands beside another that holds it: « Vienne, en Isère »."""
    if spot.mention is None or spot.places[0].level == "commune":
        return spot
    for area in _close(areas, spot.mention):
        towns = beside.town_not_area(message, spot.mention, area.first, area.places[0])
        if towns and area is not spot:
            return replace(spot, places=towns)
    return spot


def _parted(message: Message, at: int) -> bool:
    return any(mark in message.gap(at) for mark in _SENTENCE_ENDS)


def _with_codes(
    mention: Mention, near: list[tuple[int, tuple[Place, ...]]]
) -> tuple[int, int, tuple[Place, ...]]:
    first, last, places = mention.first, mention.last, mention.places
    for at, within in near:
        first, last, places = min(first, at), max(last, at), within
    return first, last, places


def _listed(message: Message, before: int, first: int) -> bool:
    """Whether a name follows another place in an enumeration: « à Lens, Arras et Béthune »."""
    if first == before + 1:
        return "," in message.gap(before) or "/" in message.gap(before)
    return first == before + 2 and message.key(first - 1) in ("et", "ou", "puis")


def _entity(message: Message, spot: Spot) -> Entity:
    place, others = spot.places[0], choice.alternatives(spot.places)
    info: dict = {
        "level": place.level,
        "code": place.code,
        "departement": place.departement,
        "region": place.region,
    }
    if others:
        info["alternatives"] = [
            {"level": other.level, "code": other.code, "name": other.name, "departement": other.departement}
            for other in (place, *others)
        ]
    start, end = message.words[spot.first].start, message.words[spot.last].end
    if "(" in message.text[start:end] and message.text[end : end + 1] == ")":
        end += 1
    return replace(message.span("location", start, end, place.name, info), confidence=spot.confidence)
