"""What text and page say alike: names of codes, dates and holes."""

from datetime import date

from knowledge.freshness.facts import Fact
from knowledge.freshness.holes import Lacking
from knowledge.freshness.report import OLDEST, UNDATED
from knowledge.sentences import Sentences, read_sentences
from knowledge.typography import day, french

SUBJECT = "freshness"


class Words:
    """The words of `knowledge/wording/freshness.yml`, with typography."""

    def __init__(self, sentences: Sentences | None = None):
        self._sentences = sentences or read_sentences(SUBJECT)

    def say(self, *keys: object, **values: object) -> str:
        """Return the words at this path; codes and numbers may be given as keys."""
        return self._sentences.say(*map(str, keys), **values)

    def record(self, fact: Fact) -> str:
        """Return the sort of a record; a section nobody has named yet is a « repère »."""
        known = self._sentences.has("records", fact.record)
        return self.say("records", fact.record if known else "other")

    def reasons(self, reasons) -> str:
        """Return the reasons as a list in words."""
        return ", ".join(self.say("reasons", reason) for reason in reasons)

    def day(self, partial: str | None) -> str:
        """Return a partial date in words, or that there is none."""
        return french(day(partial, self.say("units", "first"))) if partial else self.say("ages", "undated")

    def today(self, moment: date) -> str:
        """Return a day in words."""
        return self.day(moment.isoformat())

    def age(self, years: int) -> str:
        """Return an age in whole years, the last one open."""
        if years == UNDATED:
            return self.say("ages", "undated")
        if years == 0:
            return self.say("ages", "year")
        return self.say("ages", "more" if years == OLDEST else "years", years=years)

    def places(self, lacking: Lacking) -> str:
        """Return where a need lacks something: all, regions as a whole, then single names."""
        parts = [self.say("named", "everywhere", count=lacking.everywhere)] if lacking.everywhere else []
        parts += [
            self.say("named", "region", name=place.name, count=count) for place, count in lacking.regions
        ]
        parts += [place.name for place in lacking.places]
        if lacking.all_apart:
            parts.append(self.say("named", "apart", count=len(lacking.all_apart)))
        return french(", ".join(parts))
