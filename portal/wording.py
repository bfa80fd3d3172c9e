"""The portal's own sentences, read from `wording.yml`."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from knowledge.typography import day
from yaml_files import read_yaml

WORDING_FILE = Path(__file__).with_name("wording.yml")


def french_number(number: int) -> str:
    """Return `number` with a narrow no-break space between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def french_day(moment: date) -> str:
    """Return the day of a date or moment: « 1er décembre 2026 »."""
    return day(moment.strftime("%Y-%m-%d"), first="1er")


def french_clock(moment: datetime) -> str:
    """Return the hour of a moment: « 9 h 05 »."""
    return f"{moment.hour}\u00a0h\u00a0{moment.minute:02}"


class Wording:
    """Sentences by key; each is a Jinja template. A key or value that is missing raises at once."""

    def __init__(self, sentences: dict[str, Any]) -> None:
        self._sentences = sentences
        self._environment = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)
        self._environment.filters["number"] = french_number
        self._environment.filters["day"] = french_day
        self._environment.filters["clock"] = french_clock

    def say(self, section: str, key: str, **values: Any) -> str:
        """Return the sentence `key` of `section` with `values` put in."""
        return self._environment.from_string(self._sentences[section][key]).render(**values).strip()

    def command(self, name: str) -> str | None:
        """Return the words that an order such as « effacer » stands for, None where there is no such order."""
        return self._sentences["commands"].get(name)

    def orders(self) -> list[str]:
        """Return the ways to write that everything is to be erased."""
        return self._sentences["erasing"]

    def problem(self, name: str, **values: Any) -> tuple[str, str, str]:
        """Return slug, title and detail of the problem `name`."""
        problem = self._sentences["problems"][name]
        detail = self._environment.from_string(problem["detail"]).render(**values).strip()
        return problem["slug"], problem["title"], detail

    def problems(self) -> list[str]:
        """Return the names of all problems."""
        return list(self._sentences["problems"])


def load_wording(path: Path = WORDING_FILE) -> Wording:
    """Read the sentences; raises OSError or yaml.YAMLError where the file cannot be read."""
    return Wording(read_yaml(path))
