"""A place as it is said in a sentence."""

from collections.abc import Mapping

from knowledge.territories.place import Place

Wording = Mapping[str, Mapping[str, str]]


def in_words(place: Place, wording: Wording) -> str:
    """Return the place after its preposition: « à Quimper », « au Havre », « dans le Finistère ».

    `wording` is `content/territories/wording.yml`: whole phrases by code for départements and régions,
    patterns by the head of the name for communes and EPCI. Apostrophes are typographic.
    """
    known = wording[place.level]
    if place.code in known:
        return known[place.code]
    head = next(start for start in known if place.name.startswith(start))
    name = place.name.replace("'", "’")
    return known[head].format(name=name, rest=name[len(head) :])
