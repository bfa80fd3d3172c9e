"""The page that tells editors what each field of a record is: ``python -m knowledge.records_page > docs/records.md``.

Everything on it comes from the models: a field is documented once, where it is declared.
"""

from collections.abc import Iterator
from enum import Enum

import typer
from pydantic import BaseModel, StrictBool
from pydantic.fields import ModelField

from knowledge.loader import FOLDERS
from knowledge.schema import Reference

HEAD = """# What stands in a record

Made from the models of `knowledge/schema/` by `make docs`. One YAML file a record, named `<id>.yml`; **bold** fields
are required; unknown and duplicate keys are refused.
"""


def page() -> str:
    """Return the page as Markdown."""
    models: dict[type[BaseModel], str] = {}
    for folder, model in FOLDERS.items():
        models.setdefault(model, f"content/{folder}/")
    models.setdefault(Reference, "content/sectors.yml")
    nested = dict.fromkeys(inner for model in models for inner in _nested(model) if inner not in models)
    sections = [_section(model, f"`{place}`: {_summary(model)}") for model, place in models.items()]
    sections += [_section(model, f"Part of a record: {_summary(model)}") for model in nested]
    return "\n".join([HEAD, *sections])


def _nested(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for field in model.__fields__.values():
        if isinstance(field.type_, type) and issubclass(field.type_, BaseModel):
            yield field.type_
            yield from _nested(field.type_)


def _summary(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def _section(model: type[BaseModel], summary: str) -> str:
    rows = [_row(field) for field in model.__fields__.values()]
    return "\n".join(
        [f"## {model.__name__}", "", summary, "", "| field | takes | |", "|---|---|---|", *rows, ""]
    )


def _row(field: ModelField) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    text = (field.field_info.description or "").replace("|", "\\|")
    return f"| {name} | {_takes(field)} | {text} |"


def _takes(field: ModelField) -> str:
    kind = field.type_
    several = "list of " if field.outer_type_ is not kind else ""
    limit = field.field_info.max_length
    return f"{several}{_one(kind)}{f', {limit} characters at most' if limit else ''}"


def _one(kind: type) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    rule = getattr(kind, "rule", None)
    if rule:
        return rule.replace("|", "\\|")
    return _PLAIN.get(next((base for base in _bases(kind) if base in _PLAIN), None), "text")


_PLAIN = {StrictBool: "true or false", int: "whole number", float: "number", str: "text"}


def _bases(kind: type) -> tuple[type, ...]:
    return getattr(kind, "__mro__", ())


if __name__ == "__main__":
    typer.echo(page())
