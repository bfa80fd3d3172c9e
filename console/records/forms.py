"""The form of a record, made from its model: labels, help, choices, what was typed and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField

from console.records.shapes import Shape, limit_of, shape_of
from console.records.words import Words
from knowledge.editing.changes import OWN_FACTS
from knowledge.editing.checking import Fault
from knowledge.importing.staging import MODELS

WIDE = 1000  # characters: a limit that nobody needs to be told
SPARE_RANKS = 2  # empty places below what is ranked already


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One field of a form. `name` is its path (`porteurs.0.nom`), `parts` what a group or a row holds.

    `alone` says that a body may publish it about itself.
    """

    name: str
    label: str
    help: str
    shape: Shape
    value: Any
    required: bool
    limit: int | None
    faults: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    ranks: tuple[tuple[Choice, ...], ...] = ()
    parts: tuple[tuple["Control", ...], ...] = ()
    alone: bool = False

    @property
    def described(self) -> str:
        """Return the ids of what describes the control, for `aria-describedby`."""
        told = [f"{self.name}-help"] if self.help or (self.limit or WIDE) < WIDE else []
        return " ".join([*told, f"{self.name}-error"] if self.faults else told)


@dataclass(frozen=True)
class Group:
    """Controls under one heading; `wrong` says that one of them is."""

    title: str
    controls: tuple[Control, ...]
    wrong: bool


@dataclass(frozen=True)
class Wrong:
    """One thing wrong, for the list at the head of the form: which control to go to, and what to say."""

    name: str
    label: str
    text: str


class Form:
    """The form of one record; `more` names the rows that get one more empty place.

    `identifier` is the control for the id of a `new` record, None for one that has its id.
    """

    def __init__(
        self,
        words: Words,
        kind: str,
        values: Mapping[str, Any],
        faults: Sequence[Fault] = (),
        more: str | None = None,
        new: bool = False,
    ) -> None:
        self._words = words
        self._model = MODELS[kind]
        self._kind = kind
        self._values = values
        self._more = more
        self._faults = [(".".join(map(str, fault.location)), words.fault(fault)) for fault in faults]
        self._told: list[Wrong] = []
        asked = self._model.__fields__["id"]
        self.identifier = self._control(self._model, asked, "id", values.get("id")) if new else None
        self.groups = tuple(self._groups())

    @property
    def wrongs(self) -> list[Wrong]:
        """Return all that is wrong, in the order of the form."""
        return self._told

    def _groups(self) -> Iterator[Group]:
        for group in self._words.groups(self._kind):
            before = len(self._told)
            controls = tuple(
                self._control(self._model, self._model.__fields__[name], name, self._values.get(name))
                for name in group["fields"]
            )
            yield Group(group["title"], controls, len(self._told) > before)

    def _control(self, model: type[BaseModel], field: ModelField, path: str, value: Any) -> Control:
        shape = shape_of(field)
        faults = self._faults_at(path, shape)
        label = self._words.label(model, field.name)
        self._told += [Wrong(path, label, text) for text in faults]
        return Control(
            name=path,
            label=label,
            help=self._words.help(model, field.name),
            shape=shape,
            value=_shown(shape, value),
            required=bool(field.required),
            limit=limit_of(field),
            faults=faults,
            choices=self._choices(field, shape, value),
            ranks=self._ranks(field, shape, value),
            parts=self._parts(field, shape, path, value),
            alone=self._kind == "advisor" and path in OWN_FACTS,
        )

    def _faults_at(self, path: str, shape: Shape) -> tuple[str, ...]:
        """Return what is wrong with a control; with an item of a list, beside the list."""
        within = shape not in (Shape.GROUP, Shape.ROWS)
        found = [
            text for where, text in self._faults if where == path or (within and where.startswith(f"{path}."))
        ]
        return tuple(dict.fromkeys(found))

    def _choices(self, field: ModelField, shape: Shape, value: Any) -> tuple[Choice, ...]:
        if shape not in (Shape.CHOICE, Shape.CHOICES):
            return ()
        given = value if shape is Shape.CHOICES else [value]
        return self._offered(field, given or [])

    def _offered(self, field: ModelField, given: Sequence[str]) -> tuple[Choice, ...]:
        return tuple(Choice(code.value, self._words.code(code), code.value in given) for code in field.type_)

    def _ranks(self, field: ModelField, shape: Shape, value: Any) -> tuple[tuple[Choice, ...], ...]:
        if shape is not Shape.RANKED:
            return ()
        given = list(value or [])
        places = min(len(given) + SPARE_RANKS, max(len(field.type_), len(given)))
        return tuple(self._offered(field, given[at : at + 1]) for at in range(places))

    def _parts(
        self, field: ModelField, shape: Shape, path: str, value: Any
    ) -> tuple[tuple[Control, ...], ...]:
        if shape is Shape.GROUP:
            return (self._inside(field, path, value or {}),)
        if shape is not Shape.ROWS:
            return ()
        rows = [*(value or []), {}] + ([{}] if self._more == path else [])
        return tuple(self._inside(field, f"{path}.{at}", row) for at, row in enumerate(rows))

    def _inside(self, field: ModelField, path: str, values: Mapping[str, Any]) -> tuple[Control, ...]:
        return tuple(
            self._control(field.type_, inner, f"{path}.{name}", values.get(name))
            for name, inner in field.type_.__fields__.items()
        )


def _shown(shape: Shape, value: Any) -> Any:
    if shape is Shape.LINES:
        return "\n".join(value or [])
    if shape is Shape.NUMBER and value is not None:
        return str(value).removesuffix(".0").replace(".", ",")
    return "" if value is None else value
