"""All entities of a message, without overlap."""

import re
from collections.abc import Callable

from bot.nlu.entities import vocabulary
from bot.nlu.entities.amount import Amounts
from bot.nlu.entities.company_size import CompanySizes
from bot.nlu.entities.contact import find_emails, find_phones
from bot.nlu.entities.country import Countries
from bot.nlu.entities.entity import Entity
from bot.nlu.entities.location import Locations
from bot.nlu.entities.message import Message
from bot.nlu.entities.rivals import Rivals
from bot.nlu.entities.sector import Sectors
from bot.nlu.entities.siret import find_sirets
from bot.nlu.entities.size_alone import trades_of
from knowledge.territories import load_territories

_SELF = re.compile(r"^\W*(?:je suis|nous sommes|on est)\b", re.IGNORECASE)
Finder = Callable[[Message], list[Entity]]


class EntityExtractor:
    """Finds entities in this order; what one kind holds, the next ones do not see.

    E-mail addresses, phone numbers, SIREN and SIRET, amounts, headcounts; then countries and French places,
    the longer of two that overlap; then trades.
    """

    def __init__(
        self, exact: list[Finder], countries: Finder, locations: Finder, rivals: Rivals, sectors: Finder
    ):
        self._exact, self._countries, self._locations = exact, countries, locations
        self._rivals, self._sectors = rivals, sectors

    @classmethod
    def load(cls) -> "EntityExtractor":
        """Build the extractor from vocabularies and territories on disk: about a second, once a process."""
        trades = vocabulary.read("sectors")
        sizes = CompanySizes(vocabulary.read("company_size"), trades_of(trades))
        abroad, territories = vocabulary.read("countries"), load_territories()
        locations = Locations(territories, vocabulary.read("place_words"))
        amounts = Amounts(vocabulary.read("amount"))
        exact = [find_emails, find_phones, find_sirets, amounts.find, sizes.find]
        rivals = Rivals(territories, abroad)
        sectors = Sectors(trades)
        return cls(exact, Countries(abroad).find, locations.find, rivals, sectors.find)

    def extract(self, text: str) -> list[Entity]:
        """Return the entities of a message in the order of the text; none overlap; any text is accepted."""
        message = Message(text)
        found: list[Entity] = []
        for find in self._exact:
            _add(message, found, find(message))
        _add(message, found, self._rivals.settle(message, self._countries(message), self._locations(message)))
        _add(message, found, _of_the_owner(message.text, self._sectors(message), found))
        return sorted(found, key=lambda entity: entity.start)


def _add(message: Message, found: list[Entity], more: list[Entity]) -> None:
    """Keep the entities that overlap none of those found, longest first, and mark their words."""
    for entity in sorted(more, key=lambda entity: (entity.start - entity.end, entity.start)):
        if not message.holds(entity.start, entity.end):
            found.append(entity)
            message.take(entity.start, entity.end)


def _of_the_owner(text: str, trades: list[Entity], found: list[Entity]) -> list[Entity]:
    """Leave out the trades of foreign partners: « un grossiste danois »."""
    countries = [entity for entity in found if entity.entity == "country" and entity.additional_info]
    people = {country.start for country in countries if country.additional_info["kind"] == "people"}
    return [trade for trade in trades if trade.end + 1 not in people or _SELF.search(text)]
