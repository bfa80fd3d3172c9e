"""What a département or région named beside a word says about it: « Mer, dans le Loir-et-Cher »."""

from collections.abc import Iterable

from bot.nlu.entities import place_context as context
from bot.nlu.entities.message import Message
from bot.nlu.entities.place_choice import inside
from bot.nlu.entities.place_lists import around
from bot.nlu.entities.places import Gazetteer, Known, Mention
from knowledge.territories import Place

_SENTENCE_ENDS = (".", "!", "?", ";", "\n")
_OF = frozenset(["de", "d", "du", "des"])
_LINKS = around["links"]
_DETERMINERS = around["determiners"]
_OF_AREAS = around["of_areas"]
_BEHIND = around["behind"]
_TOWN_ITSELF = " la ville"
# Words from a town to the area right behind it.
_NEXT = 4
# Inhabitants: a smaller « X-la-Ville » is not what « X la ville » means.
_SMALL = 1_000


def towns_of(message: Message, mention: Mention, first: int, last: int, area: Place) -> tuple[Place, ...]:
    """Return the communes of this name in `area`, which words `first` to `last` name beside it.

    None where the word has no capital, is a thing, or nothing ties it to the area.
    """
    if mention.known not in (Known.OFFICIAL, Known.FORMER):
        return ()
    if not (context.written_as_name(message, mention) or _whole(message, mention, last)):
        return ()
    if message.key(mention.first - 1) in _DETERMINERS:
        return ()
    towns = _communes(mention.places, area)
    tied = towns and (_linked(message, mention.last, first) or _after(message, last, mention.first))
    return towns if tied else ()


def town_not_area(message: Message, mention: Mention, first: int, area: Place) -> tuple[Place, ...]:
    """Return the communes meant by a name that is an area's too: « Vienne, en Isère »; none elsewhere."""
    named = mention.places
    own = next((place for place in named if place.level != "commune"), None)
    if own is None or message.key(mention.first - 1) in _OF_AREAS or mention.hidden:
        return ()
    if own.code != area.code and inside(own, area):
        return ()
    placed = message.key(mention.last + 1) in ("en", "dans", "est") or "(" in message.gap(mention.last)
    return _communes(named, area) if placed and _linked(message, mention.last, first) else ()


def town_itself(message: Message, mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the town of « Vienne la ville » where an area is named that Vienne-la-Ville is not in."""
    if not mention.key.endswith(_TOWN_ITSELF) or "-" in message.gap(mention.last - 1):
        return mention
    areas = _areas_outside(message, mention, gazetteer)
    small = not areas and mention.population < _SMALL
    if not small and (not areas or any(inside(place, area) for place in mention.places for area in areas)):
        return mention
    known = gazetteer.named(mention.key.removesuffix(_TOWN_ITSELF))
    towns = tuple(place for place in known[1] if place.level == "commune") if known else ()
    if not towns:
        return mention
    return Mention(mention.first, mention.last - 2, mention.key.removesuffix(_TOWN_ITSELF), known[0], towns)


def _areas_outside(message: Message, mention: Mention, gazetteer: Gazetteer) -> list[Place]:
    outside = (at for at in range(len(message)) if not mention.first <= at <= mention.last)
    found = (gazetteer.at(message, at) for at in outside)
    return [other.places[0] for other in found if other and other.places[0].level != "commune"]


def _communes(places: Iterable[Place], area: Place) -> tuple[Place, ...]:
    return tuple(place for place in places if place.level == "commune" and inside(place, area))


def follows(message: Message, last: int, first: int) -> bool:
    """Return whether an area stands right behind a town: « Saint-Pierre de la Martinique »."""
    if not last < first <= last + _NEXT:
        return False
    gaps = "".join(message.gap(at) for at in range(last, first))
    return not any(mark in gaps for mark in _SENTENCE_ENDS) and _BEHIND.issuperset(
        message.keys[last + 1 : first]
    )


def _linked(message: Message, last: int, first: int) -> bool:
    """Whether nothing but linking words stands from the town to the area after it."""
    if first <= last:
        return False
    gaps = "".join(message.gap(at) for at in range(last, first))
    between = message.keys[last + 1 : first]
    if any(mark in gaps for mark in _SENTENCE_ENDS) or not (between == ["a"] or _LINKS.issuperset(between)):
        return False
    # « Sens de la Marne » may be anything; a mark, « dans », « en » or « est » makes a place of it.
    marked = "," in message.gap(last) or "(" in message.gap(last)
    return marked or bool(between) and between[0] in ("dans", "en", "est")


def _whole(message: Message, mention: Mention, last: int) -> bool:
    """Whether the message is a name, a comma and its area: « tours, en indre-et-loire »."""
    return mention.first == 0 and last == len(message) - 1 and "," in message.gap(mention.last)


def _after(message: Message, last: int, first: int) -> bool:
    """Whether the town follows its area at once: « dans la Somme, Y »."""
    return first == last + 1 and ("," in message.gap(last) or "(" in message.gap(last))
