"""Each form can be reached step by step, forward and back, and the last is what the models say."""

import ast
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import conversations
from conversations import tables
from conversations.migrating import form_of, move
from migrating.chain import BASE
from tests.migrating.forms import differences, shape


def test_the_names_of_the_files_are_one_chain(chain):
    config = Config()
    config.set_main_option("script_location", str(chain.folder))
    steps = list(ScriptDirectory.from_config(config).walk_revisions())

    assert [step.revision for step in reversed(steps)] == chain.forms
    assert [step.down_revision for step in reversed(steps)] == [None, *chain.forms[:-1]]


def test_every_step_goes_forward_and_back_and_the_last_is_what_the_models_say(engine, chain):
    move(engine, chain)
    assert form_of(engine, chain) == chain.head
    at_once = shape(engine)
    move(engine, chain, BASE)
    assert inspect(engine).get_table_names() == [chain.version_table]

    shapes = []
    for form in chain.forms:
        move(engine, chain, form)
        assert form_of(engine, chain) == form
        shapes.append(shape(engine))
    assert differences(engine, chain) == []
    assert at_once == shapes[-1], "made at once from the models, and step by step"

    for number, form in reversed(list(enumerate(chain.forms[:-1]))):
        move(engine, chain, form)
        assert shape(engine) == shapes[number]


def test_all_tables_of_the_record_are_known_to_its_chain():
    root = Path(conversations.__path__[0])
    named = {
        item.value.value
        for path in root.rglob("*.py")
        for item in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(item, ast.Assign) and getattr(item.targets[0], "id", "") == "__tablename__"
    }
    mapped = {
        each.__tablename__
        for module in tables.MODULES
        for each in vars(module).values()
        if hasattr(each, "__tablename__")
    }
    assert named == mapped
