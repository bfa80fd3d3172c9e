"""Numbers written in digits or in French words, as runs of words of a message."""

from dataclasses import dataclass

from text_to_num import text2num

from bot.nlu.entities import vocabulary
from bot.nlu.entities.message import Message

# The words text2num knows, without accents; « et » and « de » only inside a number.
_UNITS = "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize zero"
_TENS = "vingt vingts trente quarante cinquante soixante septante huitante octante nonante"
_SCALES = "cent cents mille million millions milliard milliards"
# Mistyped number words, and the word meant.
_SPELLINGS: dict[str, str] = vocabulary.read("numbers")["spellings"]
_WORDS = frozenset(f"{_UNITS} {_TENS} {_SCALES}".split(" ")) | _SPELLINGS.keys()
# « Vingt et un », « soixante et onze »; elsewhere « et » parts two numbers.
_AFTER_ET = frozenset(["un", "une", "onze"])
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number said by the words `first` to `last`; `spelled` where it is in letters."""

    first: int
    last: int
    value: int
    spelled: bool


def find_numbers(message: Message) -> list[Number]:
    """Return the numbers of the words that no entity holds yet, in order."""
    found, at = [], 0
    while at < len(message):
        number = None if message.taken[at] else _number_at(message, at)
        if number:
            found.append(number)
            at = number.last
        at += 1
    return found


def _number_at(message: Message, at: int) -> Number | None:
    key = message.keys[at]
    if key in _WORDS:
        return _spelled(message, at)
    if key.isdecimal() and key.isascii() and len(key) <= 9:
        return _grouped(message, at)
    return None


def _spelled(message: Message, first: int) -> Number | None:
    last = first
    while last + 1 < len(message) and last - first + 1 < _LONGEST and message.tight[last]:
        joined = message.keys[last + 1] == "et" and message.key(last + 2) in _AFTER_ET
        step = 2 if joined else 1
        if message.key(last + step) not in _WORDS or not message.tight[last + step - 1]:
            break
        last += step
    for end in range(last, first - 1, -1):
        value = _value(message.keys[first : end + 1])
        if value is not None:
            return Number(first, end, value, True)
    return None


def _value(keys: list[str]) -> int | None:
    try:
        return text2num(" ".join("zéro" if key == "zero" else _SPELLINGS.get(key, key) for key in keys), "fr")
    except ValueError:
        return None


def _grouped(message: Message, first: int) -> Number:
    digits, last = message.keys[first], first
    while len(digits) <= 6 and len(message.keys[first]) <= 3 and _continues(message, last):
        last += 1
        digits += message.keys[last]
    return Number(first, last, int(digits), False)


def _continues(message: Message, last: int) -> bool:
    following = message.key(last + 1)
    return (
        len(following) == 3 and following.isdecimal() and message.gap(last) in (" ", ".", "\u00a0", "\u202f")
    )


def is_part(message: Message, number: Number) -> bool:
    """Return whether the number is cut from a longer one (« 0,2 »), a share (« 20 % »), or half a one."""
    gap = message.gap(number.last)
    if (
        gap.strip().startswith(("%", "€", "°", "/"))
        or gap.startswith((",", "."))
        and _digit_after(message, number)
    ):
        return True
    following = message.keys[number.last + 1 : number.last + 3]
    if following in (["pour", "cent"], ["et", "demi"], ["et", "demie"]):
        return True
    before = message.gap(number.first - 1)
    return before in (",", ".", "/") and message.key(number.first - 1).isdecimal()


def _digit_after(message: Message, number: Number) -> bool:
    return len(message.gap(number.last)) == 1 and message.key(number.last + 1).isdecimal()
