"""Trades and activities, to the divisions of NAF rév. 2."""

from collections.abc import Callable, Mapping

from bot.nlu.entities import vocabulary as vocabularies
from bot.nlu.entities.bare_things import BareThings
from bot.nlu.entities.country import Countries
from bot.nlu.entities.customer import Customer
from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.other_people import OtherPeople
from bot.nlu.entities.phrases import Phrases, phrases
from bot.nlu.entities.trade_heads import Heads
from bot.nlu.entities.trade_words import DONE, OFFERED, TAUGHT, Trade, first_person, keys, read_trades

# Sections of things made, sold or let: « mes bijoux » tells the trade, « mes cours » does not.
_THINGS = frozenset("ACGI")
# Sections of places and firms: « mon salon » tells the trade, « notre transitaire » does not.
_GOODS = frozenset("ACI")
_PLACES = frozenset("ACGIRS")
_LONGEST_LEAD = 6
_SHORT_ANSWER = 6
# A list of key words, and one of its parts, have no more words than that.
_KEY_WORDS, _PART = 12, 4
# From the weakest: a thing alone, a customer's trade, « je coiffe », a thing, a trade named, the owner's own trade.
_BARE, _OF_CUSTOMERS, _DONE, _THING, _NAMED, _OWN = range(6)


class Sectors:
    """Finds trades; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping, countries: Callable[[Message], list[Entity]] | None = None):
        self._trades = Phrases(read_trades(vocabulary))
        self._own = keys(vocabulary["own"])
        self._makes = first_person(vocabulary["makes"]) | first_person(vocabulary["does"])
        self._to_make, self._firms = keys(vocabulary["makes"]), keys(vocabulary["firms"])
        self._possessive = keys(vocabulary["possessive"])
        self._between = keys(vocabulary["between"])
        self._only_trades = keys(vocabulary["only_trades"])
        self._not_trades = phrases({"no": vocabulary["not_trades"]})
        self._other_words = frozenset(vocabulary["other_words"])
        self._needs_article = keys(vocabulary["needs_article"])
        self._purpose, self._sought = keys(vocabulary["purpose"]), keys(vocabulary["sought"])
        self._hired, self._counts = keys(vocabulary["hired"]), keys(vocabulary["counts"])
        self._sentence = keys(vocabulary["sentence"])
        self._heads, self._customer = Heads(vocabulary), Customer(vocabulary)
        self._bare = BareThings(vocabulary)
        self._never_alone, self._not_mine = keys(vocabulary["never_alone"]), keys(vocabulary["not_mine"])
        self._shared, self._web = keys(vocabulary["shared"]), keys(vocabulary["web"])
        self._persons, self._many = keys(vocabulary["persons"]), keys(vocabulary["many"])
        self._verb_articles, self._not_made = keys(vocabulary["verb_articles"]), keys(vocabulary["not_made"])
        self._conjunctions, self._resale = keys(vocabulary["conjunctions"]), keys(vocabulary["resale"])
        self._selling = keys(vocabulary["selling"])
        self._others = OtherPeople(vocabulary, countries or Countries(vocabularies.read("countries")).find)

    def find(self, message: Message) -> list[Entity]:
        """Return the trades by NAF division; where the owner's own trade is said, only that."""
        found = []
        elsewhere = {at for first, last, _ in self._not_trades.scan(message) for at in range(first, last + 1)}
        for first, last, trade in self._trades.scan(message):
            if first in elsewhere or self._other_word(message, first, last):
                continue
            if self._others.practise(message, first, last) or self._others.idle(message, first):
                continue
            ranked = self._rank(message, first, last, trade)
            if ranked:
                found.append((ranked[0], _entity(message, first, last, ranked[1])))
        best = max((rank for rank, _ in found), default=0)
        return [entity for rank, entity in found if rank == best]

    def _other_word(self, message: Message, first: int, last: int) -> bool:
        if message.words[first].raw.lower() in self._other_words or self._names_no_goods(
            message, first, last
        ):
            return True
        verb = first == last and message.keys[first] in self._needs_article
        return (
            verb
            and first > 0
            and message.key(first - 1) not in self._verb_articles
            and not message.isolated(first, last)
        )

    def _names_no_goods(self, message: Message, first: int, last: int) -> bool:
        """« Mon magasin de Saint-Laurent », « la boutique de mes parents » do not say what is sold."""
        if last == first or message.key(last) != "de" or last + 1 >= len(message):
            return False
        return message.taken[last + 1] or message.key(last + 1) in self._possessive

    def _rank(self, message: Message, first: int, last: int, trade: Trade) -> tuple[int, Trade] | None:
        """Return how surely the words tell the owner's trade, and the trade; None where they do not."""
        if trade.kind == DONE:
            return _DONE, trade
        if trade.context and self._customer.of(message, first, last):
            return None
        owned = self._owner_word(message, first, last, trade)
        if owned:
            rank = _OWN if not trade.context else _DONE if owned[0] in self._purpose else _THING
            return rank, self._heads.change(trade, *owned)
        if trade.kind == TAUGHT or (not trade.context and self._others.partner(message, first, last)):
            return None
        if not self._enough(message, first, last, trade):
            bare = self._bare.tells(message, first, last, trade) and not self._wanted(
                message, first, last, False
            )
            return (_BARE, trade) if bare else None
        if trade.adviser and first == 0 and not message.isolated(first, last):
            # « Graphiste pour un ramoneur »: an adviser is looked for where another trade is told.
            return _DONE, trade
        customers = first > 1 and (
            message.key(first - 1) in self._many or message.key(first - 2) in self._purpose
        )
        return (_THING if trade.context else _OF_CUSTOMERS if customers else _NAMED), trade

    def _owner_word(self, message: Message, first: int, last: int, trade: Trade) -> tuple[str, bool] | None:
        """Return the word that makes the trade the owner's, and whether it is what he does with a thing."""
        at = self._lead_at(message, first)
        lead = self._word(message, first, at)
        if self._heads.name(lead) and at >= 0 and self._owns_head(message, at, trade.adviser):
            return lead, True
        if trade.kind == TAUGHT:
            return None
        if self._owned(message, first, last, trade, at, lead):
            # « Une boutique en ligne de confitures » may be the maker's, « un magasin de confitures » is not.
            online = lead in self._resale and not self._web.isdisjoint(message.keys[at:first])
            return "" if online else lead, False
        listed = self._listed(message, first, trade)
        return (listed, True) if listed else None

    def _lead_at(self, message: Message, first: int) -> int:
        """Return the index of the word before the trade, articles and small adjectives left out; -1 for none."""
        for at in range(first - 1, max(-1, first - 1 - _LONGEST_LEAD), -1):
            key = message.keys[at]
            if message.starts_sentence(at + 1):
                return -1
            if key not in self._between and not key.isdigit():
                return at
        return -1

    def _key(self, message: Message, first: int, last: int) -> str:
        return " ".join(message.keys[first : last + 1])

    def _word(self, message: Message, first: int, at: int) -> str:
        if at >= 0:
            return message.keys[at]
        return "dans" if "dans" in message.keys[max(0, first - _LONGEST_LEAD) : first] else ""

    def _owns_head(self, message: Message, at: int, adviser: bool) -> bool:
        """Whether « cours », « location », « pose » are the owner's: « je donne des cours », « mes stages »."""
        learned = adviser and self._heads.name(message.keys[at]) == "teach"
        if self._heads.starts(message, at):
            # « Cours d’informatique » at the head of a message is looked for.
            return not learned and not self._wanted(message, at, at)
        if self._does(message, at):
            return True
        before = self._lead_at(message, at)
        lead = self._word(message, at, before)
        own = lead in self._possessive or lead in self._own or self._does(message, before)
        if not own and message.key(at - 1) in ("la", "l"):
            own = self._heads.name(message.keys[at]) != "teach" and at == 1
        return own and not self._wanted(message, at, at)

    def _does(self, message: Message, at: int) -> bool:
        """Whether the word at this index is a verb of one's own making: « je coule », « notre atelier façonne »."""
        if at < 0:
            return False
        key = message.keys[at]
        if key in self._to_make:
            return True
        if key not in self._makes:
            return False
        return self._by_us(message, at)

    def _by_us(self, message: Message, at: int) -> bool:
        """Whether the verb at this index has the owner or the firm for its subject."""
        before = message.keys[max(0, at - 3) : at]
        return message.key(at - 1) in self._persons or not self._firms.isdisjoint(before)

    def _owned(self, message: Message, first: int, last: int, trade: Trade, at: int, lead: str) -> bool:
        if trade.section in "AC" and not trade.tool and self._done_by_me(message, last):
            return True
        if trade.context and trade.section == "C" and not trade.tool and lead in self._purpose:
            return True
        if lead in self._possessive:
            return self._key(message, first, last) not in self._not_mine and self._possessed(
                message, first, trade
            )
        if trade.context and lead in self._only_trades:
            return lead == "fait" and trade.section in _GOODS and self._by_us(message, at)
        own = lead in self._own or (trade.context and self._does(message, at))
        return own and not self._wanted(message, first, last)

    def _possessed(self, message: Message, first: int, trade: Trade) -> bool:
        if trade.kind == OFFERED:
            return True
        if trade.adviser:
            # « Mon cabinet d’avocats » is the owner's, « mon agence web » one he pays.
            before = message.keys[max(0, first - _LONGEST_LEAD) : first]
            if trade.context and not self._selling.isdisjoint(before):
                return True
            return trade.structure and (not trade.context or not self._own.isdisjoint(before))
        if trade.tool:
            return False
        return trade.sure or trade.section in (_THINGS if trade.context else _PLACES)

    def _listed(self, message: Message, first: int, trade: Trade) -> str:
        """Return the verb, or « mes », of the second of two things: « je fais des nappes et des torchons »."""
        at = first - 1
        while at > 0 and message.keys[at] in self._between:
            at -= 1
        if not trade.context or trade.tool or message.key(at) not in ("et", "ou"):
            return ""
        for back in range(at - 1, max(-1, at - _LONGEST_LEAD), -1):
            key = message.keys[back]
            if message.starts_sentence(back + 1):
                return ""
            thing = trade.section in _THINGS and not trade.adviser
            if (key in self._possessive and thing) or self._does(message, back):
                return key
        return ""

    def _enough(self, message: Message, first: int, last: int, trade: Trade) -> bool:
        """Whether the word tells the trade by itself: a plain trade, or the head of a short answer."""
        if self._wanted(message, first, last, trade.adviser):
            return False
        if trade.sure and self._for_a_firm(message, first):
            return True
        if self._key(message, first, last) in self._never_alone:
            return False
        if trade.adviser and not self._shared.isdisjoint(message.keys):
            return False
        if trade.sure and not trade.adviser:
            return True
        begins = first == 0 or message.starts_sentence(first)
        if begins and trade.sure:
            return True
        if trade.context:
            return trade.alone and trade.section in "AC" and self._key_word(message, first)
        alone = message.isolated(first, last) and len(message) > last - first + 1
        return alone or (begins and len(message) <= _SHORT_ANSWER)

    def _key_word(self, message: Message, first: int) -> bool:
        """« Melons, Cavaillon », « aide export, cosmétiques solides, Dax »: a part of a list of key words."""
        if len(message) > _KEY_WORDS or not self._sentence.isdisjoint(message.keys):
            return False
        if first and message.tight[first - 1]:
            return False
        end = first
        while end + 1 < len(message) and message.tight[end]:
            end += 1
        return end - first < _PART and "?" not in message.text

    def _for_a_firm(self, message: Message, first: int) -> bool:
        """« Un site pour un cabinet d'avocats », « la paie de 6 coiffeuses »."""
        before = message.key(first - 1)
        if before in self._counts or before.isdigit():
            return True
        at = first - 1 - (before in ("un", "une", "le", "la", "petit", "petite"))
        return message.key(at) in ("pour", "pr")

    def _wanted(self, message: Message, first: int, last: int, adviser: bool = True) -> bool:
        """Whether it is somebody else: « je cherche un développeur », « un menuisier m’a dit »."""
        before = [message.key(first - step) for step in (1, 2, 3)]
        article = before[0] in ("un", "une", "des", "d", "de")
        if article and message.key(last + 1) in ("m", "me", "nous"):
            return True
        sought = self._sought | self._hired if adviser else self._sought
        return article and any(key in sought for key in before[1:])

    def _done_by_me(self, message: Message, last: int) -> bool:
        """« Les lampes que je dessine », « les bancs en bois que je fabrique »."""
        for at in range(last + 1, last + 4):
            if message.key(at) in ("que", "qu"):
                if message.key(at - 1) in self._conjunctions:
                    return False
                told = message.key(at + 1) in ("je", "j", "on", "nous")
                return told and message.key(at + 2) not in self._not_made
        return False


def _entity(message: Message, first: int, last: int, trade: Trade) -> Entity:
    info = {"trade": trade.label, "said": trade.word, "section": trade.section, "craft": trade.craft}
    return message.entity("sector", first, last, trade.division, info)
