"""The values of entities as training files write them, from what a reviewer typed or from the words themselves."""

import re
from collections.abc import Callable

import phonenumbers
from babel import Locale
from stdnum.fr import siren, siret

from knowledge.territories import Territories, UnknownTerritory, load_territories

LEVELS = {"com": "commune", "dep": "departement", "reg": "region"}
SHORT = {level: short for short, level in LEVELS.items()}
_PLACE = re.compile(r"(com|dep|reg)(\w{2,5})")
_NUMBER = re.compile(r"\d+")
_TRADE = re.compile(r"\d\d|[A-U]")
_EMAIL = re.compile(r"[^@\s()\[\]:]+@[^@\s()\[\]:]+\.[^@\s()\[\]:]+")
MOST_CHOICES = 4


class NoValue(Exception):
    """No value can be made; `choices` are those that there are several of."""

    def __init__(self, choices: tuple[str, ...] = ()) -> None:
        super().__init__(", ".join(choices))
        self.choices = choices


def value_of(kind: str, words: str, typed: str) -> str:
    """Return the value of an entity: what was `typed`, else what the `words` say. Raises NoValue."""
    return _READERS[kind]((typed.strip() or words).strip())


def _location(text: str) -> str:
    territories: Territories = load_territories()
    if match := _PLACE.fullmatch(text):
        try:
            return match[1] + territories.get(LEVELS[match[1]], match[2]).code
        except UnknownTerritory:
            raise NoValue from None
    places = [each for each in territories.search(text) if each.level in SHORT]
    if len(places) == 1:
        return SHORT[places[0].level] + places[0].code
    raise NoValue(tuple(f"{SHORT[each.level]}{each.code} ({each.name})" for each in places[:MOST_CHOICES]))


def _country(text: str) -> str:
    names = Locale("fr").territories
    if text.upper() in names and len(text) == 2:
        return text.upper()
    found = [code for code, name in names.items() if name.casefold() == text.casefold() and len(code) == 2]
    return found[0] if found else _nothing()


def _number(text: str) -> str:
    digits = "".join(_NUMBER.findall(text))
    return str(int(digits)) if digits else _nothing()


def _trade(text: str) -> str:
    return text.upper() if _TRADE.fullmatch(text.upper()) else _nothing()


def _email(text: str) -> str:
    return text.lower() if _EMAIL.fullmatch(text) else _nothing()


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise NoValue from None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _siret(text: str) -> str:
    digits = "".join(_NUMBER.findall(text))
    return digits if siret.is_valid(digits) or siren.is_valid(digits) else _nothing()


def _nothing() -> str:
    raise NoValue


_READERS: dict[str, Callable[[str], str]] = {
    "location": _location,
    "country": _country,
    "sector": _trade,
    "company_size": _number,
    "amount": _number,
    "email": _email,
    "phone": _phone,
    "siret": _siret,
}
