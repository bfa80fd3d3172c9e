"""How long a text is as SMS: GSM 03.38 (7 bits) where it can be, else UCS-2; how French is made to fit the former."""

import re
import unicodedata

from portal.channels.splitting import utf16

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes two places, which may not stand in two segments.
EXTENDED = frozenset("\f^{}\\[~]|€")
ONE_GSM, MANY_GSM = 160, 153
ONE_UCS2, MANY_UCS2 = 70, 67

TYPOGRAPHY = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-", "•": "-", "·": "-",
    "\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE", "→": "->", "×": "x", "\t": " ",
}  # fmt: skip
_SIGNS = re.compile("|".join(map(re.escape, TYPOGRAPHY)))
_QUOTES = re.compile(r"«\s*|\s*»")


def plain(text: str) -> str:
    """Return French as seven bits hold it: plain quotes, spaces and dashes, « ç » and « ê » without their mark.

    One « ê » would make the whole message UCS-2, and three segments of it hold 201 characters instead of 459.
    """
    simple = _SIGNS.sub(lambda found: TYPOGRAPHY[found[0]], _QUOTES.sub('"', text))
    return "".join(map(_letter, simple))


def segments(text: str) -> int:
    """Return in how many segments a text is sent."""
    places = [_places(sign) for sign in text]
    if None not in places:
        return _count([place or 0 for place in places], ONE_GSM, MANY_GSM)
    return _count([utf16(sign) for sign in text], ONE_UCS2, MANY_UCS2)


def _places(sign: str) -> int | None:
    if sign in BASIC:
        return 1
    return 2 if sign in EXTENDED else None


def _count(places: list[int], one: int, many: int) -> int:
    if sum(places) <= one:
        return 1 if places else 0
    count, used = 1, 0
    for place in places:
        if used + place > many:
            count, used = count + 1, 0
        used += place
    return count


def _letter(sign: str) -> str:
    if _places(sign) is not None:
        return sign
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base in BASIC and base.isalpha() else sign
