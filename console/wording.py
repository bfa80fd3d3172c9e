"""The console's own sentences, read from `wording.yml`; each is a Jinja template."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from yaml_files import read_yaml

FILE = Path(__file__).with_name("wording.yml")


class Wording:
    """Sentences by section and key. A key or a value that is missing raises at once."""

    def __init__(self, sentences: dict[str, Any]) -> None:
        self._sentences = sentences
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)

    def say(self, section: str, key: str, **values: Any) -> str:
        """Return the sentence `key` of `section` with `values` put in."""
        return self._environment.from_string(self._sentences[section][key]).render(**values).strip()

    def names(self, section: str) -> dict[str, Any]:
        """Return all of a section, such as the names of statuses by code."""
        return self._sentences[section]

    def problem(self, name: str, **values: Any) -> tuple[str, str]:
        """Return title and detail of the problem `name`."""
        problem = self._sentences["problems"][name]
        return problem["title"], self._environment.from_string(problem["detail"]).render(**values).strip()


@lru_cache(maxsize=1)
def load_wording(folder: Path = FILE.parent) -> Wording:
    """Read the sentences: those of the console as a whole, and those that stand beside each of its subjects.

    A section that two files give raises ValueError.
    """
    sentences: dict[str, Any] = {}
    for path in (folder / FILE.name, *sorted(folder.glob("*/wording.yml"))):
        found = read_yaml(path)
        if twice := sentences.keys() & found.keys():
            raise ValueError(f"{path} gives {', '.join(sorted(twice))} again")
        sentences |= found
    return Wording(sentences)
