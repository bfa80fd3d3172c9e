"""Where a message may pass from one need to another: « un site, et puis une formation »."""

from __future__ import annotations

import re

MOST = 6  # cuts looked at: a long story has dozens of commas
_ADDS = (
    "et|puis|aussi|ainsi|mais|sinon|sans|plus|ensuite|apres|après|pi|ou|donc|avec|pour|surtout|egalement|également"
    "|comme|car|parce|vu|é|pis|encore|par ailleurs|au passage|en plus"
)
_CUT = re.compile(rf"[.;,!?:+&/\n()–—]+|\b(?:{_ADDS})\b", re.IGNORECASE)


def cuts(text: str) -> list[tuple[str, str]]:
    """Return the message cut in two at each place where it may pass to something else, at most `MOST` times.

    A cut is at punctuation, or before a word that adds something; both sides have a word of their own.
    """
    found = [(text[: place.start()], text[place.start() :]) for place in _CUT.finditer(text)]
    long = [(before, after) for before, after in found if before.strip() and len(after.split()) > 1]
    if len(long) <= MOST:
        return long
    step = (len(long) - 1) / (MOST - 1)
    return [long[round(step * at)] for at in range(MOST)]
