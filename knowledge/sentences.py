"""Sentences from the templates of `knowledge/wording/`; no French stands in the code."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from cachetools import LRUCache
from jinja2 import Environment, StrictUndefined, Template

from knowledge import typography
from yaml_files import read_yaml

WORDING = Path(__file__).parent / "wording"
REMEMBERED = 5000  # sentences of a subject, about 2 MB


class Sentences:
    """The templates of one subject (`contacts`, `funding`), by their path of keys."""

    def __init__(self, tree: Mapping[str, Any]):
        environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
        environment.filters.update(_filters(tree.get("units", {}), environment))
        self._templates = dict(_compile(environment, tree, ()))
        self._said: LRUCache[tuple, str] = LRUCache(REMEMBERED)
        self._lock = Lock()  # sentences are said in several threads at once

    def has(self, *keys: str) -> bool:
        """Say whether there is a template at this path."""
        return keys in self._templates

    def say(self, *keys: str, **values: Any) -> str:
        """Return the sentence at this path, filled and with French typography; raises `KeyError` for an
        unknown path. What was said lately is remembered: most sentences are said again and again.
        """
        said = (keys, repr(sorted(values.items())))
        with self._lock:
            text = self._said.get(said)
        if text is None:
            text = typography.french(" ".join(self._templates[keys].render(**values).split(" ")))
            with self._lock:
                self._said[said] = text
        return text


def read_sentences(subject: str, folder: Path = WORDING) -> Sentences:
    """Return the sentences of `<subject>.yml`."""
    return Sentences(read_yaml(folder / f"{subject}.yml"))


def _compile(environment: Environment, tree: Mapping[str, Any], path: tuple[str, ...]):
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _compile(environment, value, (*path, key))
        else:
            yield (*path, key), environment.from_string(value)


def _filters(units: Mapping[str, str], environment: Environment) -> dict[str, Any]:
    environment.filters["number"] = typography.number
    templates: dict[str, Template] = {name: environment.from_string(text) for name, text in units.items()}
    filters = {name: partial(_count, template) for name, template in templates.items()}
    return filters | {
        "euros": lambda value: f"{typography.number(value)} €",
        "percent": lambda value: f"{typography.number(value)} %",
        "day": lambda value: typography.day(value, units.get("first", "1")),
        "listed": lambda texts: " ; ".join(map(typography.within, texts)),
    }


def _count(template: Template, count: float) -> str:
    return template.render(count=count)
