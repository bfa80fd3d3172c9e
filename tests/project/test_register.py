"""The processing register names what the product keeps and for how long."""

import importlib
import re
from pathlib import Path

import pytest
from sqlalchemy import MetaData

import console
import conversations
import knowledge
from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REGISTER = (ROOT / "docs" / "privacy" / "registre.md").read_text(encoding="utf-8")
ASSESSMENT = (ROOT / "docs" / "privacy" / "analyse-d-impact.md").read_text(encoding="utf-8")
TABLE = re.compile(r"__tablename__ = \"(\w+)\"")
# What decides how long something is kept.
DAYS = [name for name in Settings.__fields__ if name.endswith(("_days", "_hours"))]


def metadatas():
    """Return the metadata of all modules that define tables."""
    found = set()
    for package in (conversations, console, knowledge):
        for path in Path(package.__path__[0]).rglob("*.py"):
            if TABLE.search(path.read_text(encoding="utf-8")):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                module = importlib.import_module(name)
                found |= {
                    each.metadata
                    for each in vars(module).values()
                    if isinstance(getattr(each, "metadata", None), MetaData)
                }
    return found


def tables():
    return sorted({name for metadata in metadatas() for name in metadata.tables} | {"events"})


def variable(field):
    (name,) = Settings.__fields__[field].field_info.extra["env_names"]
    return name.upper()


def test_there_are_tables_of_every_part():
    assert len(tables()) > 40
    assert {"turns", "console_accounts", "knowledge_advisor"} <= set(tables())


def test_every_table_is_named():
    assert [name for name in tables() if f"`{name}`" not in REGISTER] == []


def test_no_table_is_named_that_is_not_there():
    named = {
        name
        for row in re.findall(r"^\| Tables \|(.*)\|$", REGISTER, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert named - set(tables()) == set()


@pytest.mark.parametrize("field", DAYS)
def test_every_time_to_keep_is_named_with_its_default(field):
    default = Settings.__fields__[field].default
    lines = [line for line in REGISTER.splitlines() if f"`{variable(field)}`" in line]
    assert lines, variable(field)
    assert any(re.search(rf"\b{default:g}\b", line) for line in lines), (variable(field), default)


def test_what_an_operator_has_to_say_is_marked():
    for page in (REGISTER, ASSESSMENT):
        assert page.count("**[À compléter") >= 10
        assert page.count("**[À compléter") == len(re.findall(r"\*\*\[À compléter[^\]]*\]\*\*", page))
