"""What the words around a place name say about it."""

from enum import IntEnum

from bot.nlu.entities.message import Message
from bot.nlu.entities.place_lists import around
from bot.nlu.entities.places import Mention


class Lead(IntEnum):
    """How strongly the words before a name say that a place follows."""

    NONE = 0
    WEAK = 1
    STRONG = 2


_TO = around["to"]
_PLACED = around["placed"]
_OF = frozenset(["de", "d", "du", "des"])
_ARTICLES = frozenset(["le", "la", "les", "l"])
_AT_PLACE = around["at_place"]
_OBJECTS = around["objects"]
_SUBJECTS = around["subjects"]
_STREETS = around["streets"]
_PEOPLE = around["people"]
_FIRMS = around["firms"]
_IN = around["in"]


def sided(message: Message, mention: Mention) -> bool:
    """Return whether « côté » stands before the name: « coté vannes »; « à côté » leads to none."""
    at = mention.first - 1
    if message.key(mention.last + 1) in _OF | {"a", "au"}:
        # « Coté tours de cou », « coté cannes à pêche »: things.
        return False
    return message.key(at) == "cote" and message.key(at - 1) not in ("a", "de")


def lead(message: Message, mention: Mention) -> Lead:
    """Return how strongly the words before the name say that a place follows."""
    if mention.hidden:
        return (
            Lead.STRONG
            if message.key(mention.first - 1) in ("au", "aux")
            else _of(message, mention.first - 1)
        )
    area = mention.places[0].level != "commune"
    return _lead(message, mention.first, area)


def _lead(message: Message, first: int, area: bool) -> Lead:
    before = message.key(first - 1)
    if first == 0:
        return Lead.NONE
    if before in ("a", "au", "aux"):
        return _to(message, first - 1)
    if before in _TO:
        return Lead.STRONG
    if before in _OF:
        return _of(message, first - 1)
    if before in ("depuis", "cote"):
        return Lead.NONE if area else _beside(message, first)
    if before in _IN:
        return Lead.STRONG if area else Lead.WEAK
    if before in _ARTICLES and area:
        # French says « dans la Somme », never « à la Somme »: there the word is another (« à l’aube »).
        return Lead.WEAK if message.key(first - 2) == "a" else max(Lead.WEAK, _lead(message, first - 1, area))
    return Lead.NONE


def _beside(message: Message, first: int) -> Lead:
    """« Je livre depuis Die », but « depuis longtemps »; « coté Sartène », but « à côté », « de côté »."""
    if message.key(first - 1) == "depuis":
        return Lead.WEAK if message.capital(first) else Lead.NONE
    return Lead.NONE if message.key(first - 2) in ("a", "de") else Lead.WEAK


def _to(message: Message, at: int) -> Lead:
    """« À » leads to a place; a bare « a » may be the verb."""
    accented = message.words[at].raw.lower() != "a"
    return Lead.STRONG if accented or message.key(at - 1) not in _SUBJECTS else Lead.NONE


def _of(message: Message, at: int) -> Lead:
    return Lead.STRONG if message.key(at - 1) in _PLACED else Lead.WEAK


def drunk(message: Message, mention: Mention) -> bool:
    """Return whether an article before a town makes a thing of its name: « je vends du Cahors », « mes Tours »."""
    town = mention.places[0].level == "commune" and not mention.hidden
    return town and mention.first > 0 and message.key(mention.first - 1) in around["thing_articles"]


def helped(message: Message, mention: Mention) -> bool:
    """« Subvention bourgogne »: a help and the area that gives it."""
    at = mention.first - 1
    return message.key(at) in around["gifts"] and not message.gap(at).strip() and mention.last > at


def part_of_something(message: Message, mention: Mention) -> bool:
    """« Dans le nord du magasin », « dans la creuse du mois »: a part of what follows, and no area."""
    last, after = mention.last, message.key(mention.last + 1)
    if after not in ("d", "de", "du", "des") or not message.tight[last] or message.capital(last):
        return False
    return message.key(last + 2) not in ("cote", "mon", "ma", "mes", "notre", "nos")


def participle(message: Message, mention: Mention) -> bool:
    """« Il a gardé l’acompte »: after the verb « a », a word that ends like a participle and has an object."""
    raw = message.words[mention.last].raw
    verb = message.key(mention.first - 1) in ("a", "ai", "as", "ont", "avez", "avons")
    bare = message.words[mention.first - 1].raw.lower() != "à" if mention.first else False
    if not (verb and bare) or raw[:1].isupper():
        return False
    if raw.endswith(("é", "ée", "és", "ées")):
        return True
    at_place = message.key(mention.first - 2) in _AT_PLACE
    return not at_place and raw.endswith(("e", "u", "i")) and message.key(mention.last + 1) in _OBJECTS


def to_a_town(message: Message, mention: Mention) -> bool:
    """Return whether the preposition is one of towns (« à Vienne ») and not of areas (« dans la Vienne »)."""
    before = message.key(mention.first - 1)
    if before in ("a", "sur", "vers"):
        return True
    return before in ("de", "d") and message.key(mention.first - 2) in (
        "ville",
        "pres",
        "autour",
        "commune",
        "mairie",
    )


def spoken_otherwise(message: Message, mention: Mention) -> bool:
    """Return whether the name is a street's, a person's or a firm's."""
    at = mention.first - 1
    before = message.key(at)
    if before in _PEOPLE or before in _FIRMS or (before == "m" and message.gap(at).startswith(".")):
        return True
    if _aside(message, at):
        # « À la place de Lyon, mettez Brest », « sur la même place à Uzès ».
        return False
    while message.key(at) in _OF | _ARTICLES | {"a"}:
        at -= 1
    return at < mention.first - 1 and message.key(at) in _STREETS


def _aside(message: Message, at: int) -> bool:
    """Whether « place » is no address: before « à », or in « à la place de »."""
    before, place = message.key(at), message.key(at - 1) == "place"
    return place and (before == "a" or message.keys[max(0, at - 3) : at - 1] == ["a", "la"])


def capital(message: Message, mention: Mention) -> bool:
    """Return whether the name is written with a capital that its place in the sentence does not explain."""
    first = mention.first
    while first < mention.last and message.key(first) in _ARTICLES:
        first += 1
    return message.capital(first) and not message.starts_sentence(first)


def written_as_name(message: Message, mention: Mention) -> bool:
    """Return whether a capital or a hyphen shows a name, wherever it stands in the sentence."""
    raw = message.text[message.words[mention.first].start : message.words[mention.last].end]
    if mention.last > mention.first and "-" in raw:
        return True
    named = (at for at in range(mention.first, mention.last + 1) if message.keys[at] not in _ARTICLES)
    return any(message.capital(at) and not message.words[at].raw[1:].isupper() for at in named)


def goes_on(message: Message, mention: Mention) -> bool:
    """Return whether a hyphen ties the name to another word: « Moyen-Orient »."""
    tied = message.last_gap(mention.last) == "-"
    return tied and not message.key(mention.last + 1).isdecimal()
