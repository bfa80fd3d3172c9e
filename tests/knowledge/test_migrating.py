"""Each step of the tables can be undone and done again; what was posted comes back with the next load."""

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.migrating import MIGRATIONS, VERSION, migrate
from knowledge.store import open_engine
from tests.databases import postgresql_schema

CONFIG = Config()
CONFIG.set_main_option("script_location", str(MIGRATIONS))
STEPS = [step.revision for step in ScriptDirectory.from_config(CONFIG).walk_revisions()]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'knowledge.db'}"
        return
    with postgresql_schema("migrating") as address:
        yield address


@pytest.mark.parametrize("target", [*STEPS[1:], "base"])
def test_a_store_goes_back_and_forth_and_serves_again(url, sample, target):
    record = sample / "advisors" / "france-num.yml"
    record.write_text(record.read_text("utf-8") + "url: https://www.example.org\n", "utf-8")
    load_knowledge(sample, url)
    before = [contact.id for contact in open_knowledge(url).contacts("website")]
    engine = open_engine(url)

    with engine.begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.downgrade(CONFIG, target)
    left = {name for name in inspect(engine).get_table_names() if name.startswith("knowledge_")} - {VERSION}
    migrate(engine)
    engine.dispose()
    load_knowledge(sample, url)

    assert bool(left) == (target != "base")
    assert before
    assert [contact.id for contact in open_knowledge(url).contacts("website")] == before
