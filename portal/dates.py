"""The dates to come that were told in a conversation, as a list and as a calendar file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from conversations.answers import Answer
from portal.wording import Wording

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class DateToCome:
    """One day to remember; `uid` is the same whenever the same date is handed out again."""

    uid: str
    day: date
    title: str
    details: str
    source: str | None
    told_at: datetime


def dates_to_come(answers: Iterable[Answer], today: date, wording: Wording) -> list[DateToCome]:
    """Return the dates from today on, the nearest first, each once: as it was told last."""
    found = {each.uid: each for answer in answers for each in _dates(answer, wording) if each.day >= today}
    return sorted(found.values(), key=lambda each: (each.day, each.title))


def calendar(dates: Iterable[DateToCome], wording: Wording) -> bytes:
    """Return the dates as an iCalendar file of whole days."""
    from icalendar import Calendar, Event  # 5 MB, for the few who ask for the file

    file = Calendar()
    file.add("prodid", "-//Boussole PME//FR")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for each in dates:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", each.told_at)
        event.add("dtstart", each.day)
        event.add("summary", each.title)
        event.add("description", wording.say("calendar", "details", details=each.details, source=each.source))
        event.add("transp", "TRANSPARENT")
        if each.source:
            event.add("url", each.source)
        file.add_component(event)
    return file.to_ical()


def _dates(answer: Answer, wording: Wording) -> Iterator[DateToCome]:
    for fact in answer.custom.get("facts") or []:
        if _is_day(fact.get("from_date")):
            title = wording.say("calendar", "duty", topic=fact.get("topic") or fact["text"])
            yield _date("regle", fact, fact["from_date"], title, fact["text"], answer)
    if answer.custom.get("type") != "funding":
        return
    for item in answer.custom.get("items") or []:
        if _is_day(item.get("closing_date")) and item.get("status") != "ended":
            title = wording.say("calendar", "closing", title=item["title"])
            details = " – ".join(filter(None, (item.get("promise"), item.get("funder"))))
            yield _date("aide", item, item["closing_date"], title, details, answer)


def _date(kind: str, item: dict[str, Any], day: str, title: str, details: str, answer: Answer) -> DateToCome:
    uid = f"{kind}-{item['id']}-{day}@boussole-pme"
    return DateToCome(uid, date.fromisoformat(day), title, details, item.get("source_url"), answer.at)


def _is_day(text: str | None) -> bool:
    """Tell whether a date is known to the day: a month is nothing for a calendar."""
    return bool(text and _DAY.fullmatch(text))
