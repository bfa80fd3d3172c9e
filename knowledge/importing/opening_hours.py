"""Opening hours of the State's directory, said in French; the words are data (`mappings/dila.yml`)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

LIMIT = 120  # characters, the limit of `Advisor.hours`


def hours_in_words(ranges: Iterable[Any], words: Mapping[str, Any]) -> str | None:
    """Return « du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h »; None where nothing is clear or fits."""
    said = list(
        dict.fromkeys(filter(None, (_said(one, words) for one in ranges if isinstance(one, Mapping))))
    )
    text = words["ranges"].join(said)
    return text if 0 < len(text) <= LIMIT else None


def _said(one: Mapping[str, Any], words: Mapping[str, Any]) -> str | None:
    first, last = (str(one.get(f"nom_jour_{end}") or "").strip().lower() for end in ("debut", "fin"))
    if first not in words["days"] or (last and last not in words["days"]):
        return None
    spans = words["and"].join(_spans(one, words))
    if not spans:
        return None
    form = words["one_day"] if last in ("", first) else words["several_days"]
    return form.format(first=first, last=last) + words["between"] + spans


def _spans(one: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[str]:
    for number in (1, 2):
        start, end = (_clock(one.get(f"valeur_heure_{edge}_{number}")) for edge in ("debut", "fin"))
        if start and end and start < end:
            yield words["span"].format(start=_hour(start, words), end=_hour(end, words))


def _clock(text: Any) -> time | None:
    try:
        return time.fromisoformat(str(text or "").strip())
    except ValueError:
        return None


def _hour(moment: time, words: Mapping[str, Any]) -> str:
    form = words["minutes"] if moment.minute else words["whole"]
    return form.format(hour=moment.hour, minute=moment.minute)
