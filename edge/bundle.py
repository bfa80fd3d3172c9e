"""Scripts and styles of a page in one file each: on a slow connection every request costs more than what it brings.

The sources stay modules that a browser could load as they are; nothing is built, the server puts them together when it
starts. Only the forms that our modules use are understood: named imports from beside on one line, exported functions,
classes and constants.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_IMPORT = re.compile(r'^import \{ (?P<names>[^}]+) \} from "\./(?P<module>\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|.*\bimport\.meta\b.*|^await\b.*", re.MULTILINE)


class NotBundled(ValueError):
    """A module has a form that cannot be put together; the words name it."""


def one_script(folder: Path, entry: str) -> str:
    """Return one classic-scoped module that does what the module `entry` of `folder` does with all it imports.

    Raises NotBundled.
    """
    return "\n".join(_wrapped(folder, name) for name in _in_order(folder, entry, ()))


def one_sheet(folder: Path, names: Sequence[str]) -> str:
    """Return the styles of these files, in this order."""
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)


def _in_order(folder: Path, entry: str, above: Sequence[str]) -> list[str]:
    """Return the names of the modules, each after those that it imports."""
    if entry in above:
        raise NotBundled(f"{entry}.js imports itself by way of {', '.join(above)}")
    found: list[str] = []
    for each in _imported(folder, entry):
        found += [name for name in _in_order(folder, each, (*above, entry)) if name not in found]
    return [*found, entry]


def _imported(folder: Path, name: str) -> Iterator[str]:
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    yield from dict.fromkeys(found["module"] for found in _IMPORT.finditer(text))


def _wrapped(folder: Path, name: str) -> str:
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    exported = _EXPORT.findall(text)
    body = _IMPORT.sub(lambda found: f"const {{ {_renamed(found['names'])} }} = ${found['module']};", text)
    body = _EXPORT.sub("", body)
    if left := _LEFT.search(body):
        raise NotBundled(f"{name}.js: {left[0].strip()}")
    return f"const ${name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _renamed(names: str) -> str:
    """Return `a, b as c` as a pattern that takes an object apart."""
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)
