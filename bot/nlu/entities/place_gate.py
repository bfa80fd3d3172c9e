"""Whether a word that is a place's name is meant as a place."""

from collections.abc import Mapping

from bot.nlu.entities import place_context as context
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from bot.nlu.entities.place_context import Lead
from bot.nlu.entities.places import Known, Mention
from knowledge.territories import normalise_name

# Inhabitants; fitted on sentences, not sourced: a town that everyone knows needs less proof than a village.
_LARGE_CITY, _CITY, _TOWN, _LARGE_VILLAGE, _VILLAGE = 50_000, 20_000, 10_000, 2_000, 1_000
_KNOWN_TOWN, _HAMLET = 5_000, 300
# Words of a message short enough to be a trade and its place.
_FEW = 5
_LONGEST_ANSWER = 8
# How the full name of an inter-municipal body begins; without it, its name is made of common words.
_BODIES = ("communaute ", "metropole ", "cc ", "ca ", "cu ")
_HIDING = frozenset(["du", "des", "au", "aux"])
_ARTICLES = ("le ", "la ", "les ", "l ")


class PlaceGate:
    """Decides by name, context and size of the place; built from `vocabularies/place_words.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._words = frozenset(vocabulary["words"])
        self._fillers = frozenset(vocabulary["fillers"])
        self._given = frozenset(vocabulary["given_names"])
        self._sure_short = frozenset(vocabulary["sure_short"])
        lists = (
            "seldom_words",
            "seated",
            "seated_small",
            "never_seated",
            "products",
            "firm_words",
            "bearers",
            "papers",
        )
        self._lists = {name: frozenset(vocabulary[name]) for name in lists}
        self._accented = {normalise_name(name): name for name in vocabulary["accented"]}
        self._brands = frozenset(normalise_name(word) for word in vocabulary["brands"])
        told = {True: "word", False: "name"}
        held = {
            kind: [p for p in vocabulary["not_places"] if told[p.islower()] == kind] for kind in told.values()
        }
        self._not_places = phrases(held)

    def spoken_otherwise(self, message: Message) -> set[int]:
        """Return the words held by phrases that speak of no place (« savon de Marseille »).

        In a phrase kept without capitals (« dans le lot »), a capital makes the word a name again.
        """
        held = set()
        for first, last, kind in self._not_places.scan(message):
            words = range(first, last + 1)
            held |= {at for at in words if kind == "name" or at == first or not message.capital(at)}
            if kind == "word" and message.keys[last] in _HIDING and _capital_at(message, last + 1):
                # « Le port du Croisic »: the last word hides the article of a name.
                held.discard(last)
        for at in range(1, len(message) - 1):
            # « Un article dans La Provence »
            paper = message.keys[at] in ("la", "l", "le") and message.capital(at) and message.capital(at + 1)
            if paper and f"{message.keys[at]} {message.keys[at + 1]}" in self._lists["papers"]:
                held |= set() if message.starts_sentence(at) else {at, at + 1}
        return held

    def lets_through(self, message: Message, mention: Mention, confirmed: bool, listed: bool) -> bool:
        """Return whether the name is a location here.

        `confirmed`: a postcode or number of its département stands next to it; `listed`: it follows another
        place in an enumeration.
        """
        if confirmed:
            return True
        if self._something_else(message, mention) or _feast(message, mention):
            return False
        lead = Lead.STRONG if listed else context.lead(message, mention)
        if self._whole(message, mention):
            written = context.written_as_name(message, mention)
            if mention.key in self._brands and not written and "?" in message.text:
                # « Cher ? » asks for a price.
                return False
            return not self._wordlike(mention) or mention.population >= _LARGE_VILLAGE or written
        if message.isolated(mention.first, mention.last) and self._stands_alone(message, mention):
            return True
        if mention.places[0].level != "commune":
            return self._area(message, mention, lead)
        if self._wordlike(mention):
            return self._word(message, mention, lead)
        return mention.last > mention.first or _plain(message, mention, lead)

    def may_be_town(self, message: Message, mention: Mention) -> bool:
        """Return whether nothing says that the name is a street's, a person's or a firm's."""
        return not self._something_else(message, mention)

    def _something_else(self, message: Message, mention: Mention) -> bool:
        """Whether the name is a street's or a person's, or a part of a longer word."""
        if context.spoken_otherwise(message, mention) or _unnamed_body(message, mention):
            return True
        if self._thing(message, mention):
            return True
        if not self._wordlike(mention):
            return False
        if mention.places[0].level != "commune" and context.part_of_something(message, mention):
            return True
        verb = context.participle(message, mention)
        return verb or context.goes_on(message, mention) or _spelled_otherwise(message, mention)

    def _thing(self, message: Message, mention: Mention) -> bool:
        """Whether the name is a product's, a firm's, a newspaper's, or written as no place is."""
        key, before = mention.key, message.key(mention.first - 1)
        text = message.text[message.words[mention.first].start : message.words[mention.last].end]
        if key in self._accented and text.lower() != self._accented[key]:
            return True
        if message.gap(mention.first - 1).endswith(".") and text.islower():
            # « Une adresse en .bzh »
            return True
        if before in self._lists["bearers"] and key.startswith(("saint ", "sainte ")):
            return True
        if key in self._brands and before in self._lists["firm_words"]:
            return True
        if context.drunk(message, mention):
            return True
        return before in ("d", "de") and message.key(mention.first - 2) in self._lists["products"]

    def _seated(self, message: Message, mention: Mention, words: str) -> bool:
        """Return whether the name follows « de » and a firm or people of one place: « un artisan d’Orange »."""
        at = mention.first - 1
        if message.key(at) in ("la", "l") and not mention.hidden:
            at -= 1
        of = message.key(at) in ("d", "de", "du")
        return (
            of
            and message.key(at - 1) in self._lists[words]
            and mention.key not in self._lists["never_seated"]
        )

    def _wordlike(self, mention: Mention) -> bool:
        key = mention.key
        if mention.known is Known.GLUED:
            key = key[1:]
        rest = next((key[len(article) :] for article in _ARTICLES if key.startswith(article)), key)
        short = mention.known is Known.SHORT and key not in self._sure_short
        single = (short or mention.known is Known.EPCI) and not key.startswith(_BODIES)
        return (
            single or key in self._words or rest in self._words or key in self._brands or key in self._given
        )

    def _whole(self, message: Message, mention: Mention) -> bool:
        """Whether the message is an answer with nothing but the name: « euh, je suis à Tours »."""
        before, after = message.keys[: mention.first], message.keys[mention.last + 1 :]
        others = before + after
        return len(others) <= _LONGEST_ANSWER and self._fillers.issuperset(others)

    def _stands_alone(self, message: Message, mention: Mention) -> bool:
        """Between two marks, a capital is proof enough of a town or an area: « …, Aveyron »."""
        if mention.places[0].level != "commune" and self._last_of_few(message, mention):
            return True
        sentence = message.starts_sentence(mention.first)
        if sentence and mention.last + 1 < len(message) and "," in message.gap(mention.last):
            # « Tours, boulangerie »: a capital says nothing here, the comma and the size of the town do.
            return message.capital(mention.first) and mention.population >= _LARGE_CITY
        smallest = _VILLAGE if len(message) <= _FEW else _LARGE_VILLAGE
        return not sentence and message.capital(mention.last) and mention.population >= smallest

    def _last_of_few(self, message: Message, mention: Mention) -> bool:
        """« Taxi, creuse »."""
        ends = mention.last == len(message) - 1 and "," in message.gap(mention.first - 1)
        return ends and len(message) <= _FEW and mention.key not in self._lists["never_seated"]

    def _area(self, message: Message, mention: Mention, lead: Lead) -> bool:
        if not self._wordlike(mention) or lead is Lead.STRONG:
            return True
        if mention.known is Known.GLUED and message.words[mention.first].raw[1].isupper():
            return True
        if self._seated(message, mention, "seated_small") or context.helped(message, mention):
            return True
        return (mention.key not in self._brands or lead is Lead.WEAK) and context.capital(message, mention)

    def _word(self, message: Message, mention: Mention, lead: Lead) -> bool:
        capital = context.capital(message, mention)
        if lead is Lead.STRONG:
            seldom = mention.key in self._lists["seldom_words"]
            return (
                seldom
                or (mention.population >= _TOWN and not mention.hidden)
                or context.written_as_name(message, mention)
            )
        if mention.key in self._brands or mention.key in self._given:
            # « Un artisan d’Orange » is of the town, « un abonnement d’Orange » is not.
            return capital and self._seated(message, mention, "seated") and mention.population >= _TOWN
        if mention.key in self._lists["seldom_words"] and lead is Lead.WEAK:
            return True
        if not capital:
            if self._seated(message, mention, "seated_small"):
                return mention.population >= _TOWN
            return context.sided(message, mention) and mention.population >= _CITY
        if self._seated(message, mention, "seated"):
            return mention.population >= _HAMLET
        return mention.population >= (_LARGE_VILLAGE if lead is Lead.WEAK else _CITY)


def _feast(message: Message, mention: Mention) -> bool:
    """« À la Saint-Martin » is a day of the year; towns of that name have no article."""
    return mention.key.startswith("saint") and message.key(mention.first - 1) == "la"


def _capital_at(message: Message, at: int) -> bool:
    return at < len(message) and message.capital(at)


def _spelled_otherwise(message: Message, mention: Mention) -> bool:
    """Whether the accents are those of another word: « maçon » is not Mâcon."""
    raw = message.words[mention.last].raw.lower()
    names = (place.name.lower() for place in mention.places)
    known = mention.known in (Known.OFFICIAL, Known.BARE, Known.SHORT)
    return not raw.isascii() and known and not any(raw in name for name in names)


def _unnamed_body(message: Message, mention: Mention) -> bool:
    """An inter-municipal body is often named with common words (« savoir-faire »): it needs a capital."""
    if mention.known is not Known.EPCI or mention.key.startswith(_BODIES):
        return False
    return not any(message.capital(at) for at in range(mention.first, mention.last + 1))


def _plain(message: Message, mention: Mention, lead: Lead) -> bool:
    """A single word that is no French word: proof by size, preposition or capital."""
    if mention.population >= _KNOWN_TOWN or lead is Lead.STRONG:
        return True
    capital = context.capital(message, mention)
    if lead is Lead.WEAK:
        return capital or mention.population >= _VILLAGE
    return capital and mention.population >= _VILLAGE
