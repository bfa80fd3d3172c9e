"""The French classification of activities: which codes hold which."""

from collections.abc import Callable, Iterable
from functools import lru_cache

# First and last division of each section: NAF rév. 2, Insee (nomenclature in force since 2008).
_SECTIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47),
    "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82),
    "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93), "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip


@lru_cache(maxsize=2000)  # asked of the same codes at every look-up; an owner's may be any text
def divisions(code: str) -> frozenset[str]:
    """Return the divisions of a section letter, or the division that holds a finer code; none for an
    unknown section.
    """
    if code[:1].isalpha():
        first, last = _SECTIONS.get(code.upper(), (1, 0))
        return frozenset(f"{number:02}" for number in range(first, last + 1))
    return frozenset({code[:2]})


def covers(codes: Iterable[str], sector: str) -> bool | None:
    """Say whether `codes` hold all of `sector` (a section letter or a division).

    True when they do, False when they hold none of it, None when they hold only a part: the firm may be in
    or out.
    """
    whole, touched = set(), set()
    for code in codes:
        touched |= divisions(code)
        if len(code) <= 2:
            whole |= divisions(code)
    wanted = divisions(sector)
    if wanted and wanted <= whole:
        return True
    return None if wanted & touched else False


# A profile has one character for each division (01 to 99) and then for each section (A to U).
_PLACES = [f"{number:02}" for number in range(1, 100)] + sorted(_SECTIONS)


def profile(judge: Callable[[str], str]) -> str:
    """Return one character for each division and section, in order: what `judge` says of it."""
    return "".join(judge(sector) for sector in _PLACES)


def place_in_profile(sector: str | None) -> int:
    """Return where a sector stands in a profile, from 1; 0 for one that is not known."""
    return _PLACES.index(sector) + 1 if sector in _PLACES else 0
