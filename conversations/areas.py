"""In which département and région a conversation's territory lies, read from its official code."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yaml_files import read_yaml

FILE = Path(__file__).with_name("areas.yml")


class Area(NamedTuple):
    """Codes of a département and a région; None where the territory is larger, or unknown."""

    departement: str | None = None
    region: str | None = None


def area_of(territory: Mapping[str, Any] | None, found: Mapping[str, Any] | None = None) -> Area:
    """Return where `territory` (`{"level", "code"}`) lies; nothing where it is None.

    `found` are the codes that came with it (`{"code", "departement", "region"}`), where somebody looked it up: an
    inter-municipal body's own code does not say where it is.
    """
    level, code = (territory or {}).get("level"), str((territory or {}).get("code") or "")
    if found and str(found.get("code")) == code and found.get("departement"):
        return Area(found["departement"], found.get("region") or _regions().get(found["departement"]))
    if level == "region":
        return Area(None, code)
    if level == "departement":
        return Area(code, _regions().get(code))
    if level == "commune":
        departement = code[:3] if code[:2] in ("97", "98") else code[:2]
        return Area(departement, _regions().get(departement))
    return Area()


@lru_cache
def _regions() -> dict[str, str]:
    """Return the région of each département."""
    table = read_yaml(FILE)
    return {departement: region for region, held in table.items() for departement in held}
