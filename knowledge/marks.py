"""YAML that remembers on which line each value stands, and refuses what editors write by mistake."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

Location = tuple[Hashable, ...]
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


@dataclass
class Marked:
    """A parsed document: its `value`, the `lines` (from 1) of each part, and `errors` as (line, message)."""

    value: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    errors: list[tuple[int, str]] = field(default_factory=list)

    def line(self, location: Location) -> int:
        """Return the line of the part at `location`, or of the nearest part that holds it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def parse(raw: bytes) -> Marked:
    """Parse one YAML document in UTF-8; syntax errors and duplicate keys end in `errors`, nothing is
    raised.
    """
    marked = Marked()
    try:
        loader = yaml.CSafeLoader(raw.decode("utf-8"))
        node = loader.get_single_node()
        marked.value = None if node is None else _value(loader, node, (), marked)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        marked.errors.append((line, "the file is not UTF-8; save it again as UTF-8"))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        marked.errors.append((mark.line + 1 if mark else 1, f"not YAML: {problem}"))
    return marked


def _value(loader: yaml.CSafeLoader, node: yaml.Node, location: Location, marked: Marked) -> Any:
    marked.lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, location, marked)
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*location, index), marked) for index, item in enumerate(node.value)]
    if node.tag == _TIMESTAMP:  # dates stay as precise as they were written: "2024-06" is a date here
        return node.value
    return loader.construct_object(node)


def _mapping(loader: yaml.CSafeLoader, node: yaml.MappingNode, location: Location, marked: Marked) -> dict:
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
        if key in found:
            marked.errors.append((line, f"duplicate key `{key}`; keep one"))
        marked.lines[(*location, key)] = line
        found[key] = _value(loader, value_node, (*location, key), marked)
    return found
