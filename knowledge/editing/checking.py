"""The checks of the loader for one record, before it is published: the same models, the same references.

What is wrong is handed out as codes with their values, so that whoever shows it says it in their own words beside
the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import references, store
from knowledge.importing.staging import MODELS
from knowledge.models import AdvisorRow, SchemeRow
from knowledge.schema import Advisor, Reference, Scheme
from knowledge.territories import Territories

# Rules that tie fields together, and the field that an editor changes to keep them.
_FIELD_OF_RULE = {"no_source": "source_url", "unread_number": "confidence", "first_for": "first_for"}
_PREFIXES = (
    "value_error.any_str.",
    "value_error.number.",
    "value_error.list.",
    "value_error.",
    "type_error.",
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where (`("porteurs", 0, "nom")`), what (`missing`, `form`, `no_zone`…), with which values."""

    location: tuple[str | int, ...]
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Faulty(ValueError):
    """A record breaks the rules of the content; `faults` says all that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(f"{fault.location}: {fault.code}" for fault in faults))
        self.faults = faults


class _Ids:
    """The ids of the records of a kind that are served, asked for one by one: imports may bring a million."""

    def __init__(self, session: Session, row: type) -> None:
        self._session, self._row = session, row

    def __contains__(self, slug: object) -> bool:
        return self._session.scalar(select(self._row.key).where(self._row.id == slug)) is not None


class Stored:
    """What a record may refer to, as the store of `session` holds it."""

    def __init__(self, session: Session) -> None:
        self.advisors, self.schemes = _Ids(session, AdvisorRow), _Ids(session, SchemeRow)
        shared = session.get(store.DocumentRow, store.SECTORS)
        self.reference: Reference | None = Reference(**shared.record) if shared else None


def checked(
    kind: str, values: Mapping[str, Any], known: references.Known, territories: Territories
) -> Advisor | Scheme:
    """Return the record that `values` stand for; raises `Faulty` with all that is wrong.

    As in the content, references are looked at once the record by itself is right.
    """
    try:
        record = MODELS[kind](**values)
    except ValidationError as error:
        raise Faulty([_fault(each) for each in error.errors()]) from error
    if broken := list(references.broken(record, known, territories)):
        raise Faulty([_dangling(each) for each in broken])
    return record


def _fault(error: Mapping[str, Any]) -> Fault:
    code = error["type"]
    for prefix in _PREFIXES:
        if code.startswith(prefix):
            code = code.removeprefix(prefix)
            break
    location = tuple(part for part in error["loc"] if part != "__root__")
    return Fault(location or (_FIELD_OF_RULE[code],), code, dict(error.get("ctx", {})))


def _dangling(broken: references.Broken) -> Fault:
    return Fault(broken.location, broken.fault, {"value": broken.value, **broken.values})
