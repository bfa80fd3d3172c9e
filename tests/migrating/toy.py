"""A chain of three forms over tables of its own, for what the real ones do not have yet."""

from pathlib import Path

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from migrating.chain import Chain

ENV = "from migrating.environment import run\nfrom tests.migrating.toy import toy\n\nrun(toy('{folder}'))\n"
STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{form}", {before}, None, None


def upgrade():
    {forward}


def downgrade():
    {back}
"""
FORMS = {
    "0001": (
        "op.create_table('toy_boxes', sa.Column('id', sa.Integer, primary_key=True), sa.Column('n', sa.String(9)))\n"
        "    op.create_table('toy_bricks', sa.Column('id', sa.Integer, primary_key=True), "
        "sa.Column('box', sa.Integer, sa.ForeignKey('toy_boxes.id'), nullable=False))",
        "op.drop_table('toy_bricks')\n    op.drop_table('toy_boxes')",
    ),
    "0002": (
        "with op.batch_alter_table('toy_boxes') as table:\n        table.alter_column('n', new_column_name='name')",
        "with op.batch_alter_table('toy_boxes') as table:\n        table.alter_column('name', new_column_name='n')",
    ),
    "0003": (
        "op.execute('DELETE FROM toy_bricks WHERE id > 100')\n    {last}",
        "pass",
    ),
}
metadata = MetaData()
Table("toy_boxes", metadata, Column("id", Integer, primary_key=True), Column("name", String(9)))
Table(
    "toy_bricks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("box", ForeignKey("toy_boxes.id"), nullable=False),
)


def toy(folder):
    return Chain(
        "toys", Path(folder), "toy_version", metadata, lambda _, name, kind, *__: kind != "table" or name
    )


def write_toy(folder, forms=3, last="pass"):
    """Write the first `forms` steps; `last` is a statement of the third."""
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    (folder / "env.py").write_text(ENV.format(folder=folder), encoding="utf-8")
    known = list(FORMS)
    for number, form in enumerate(known[:forms]):
        forward, back = (each.replace("{last}", last) for each in FORMS[form])
        before = repr(known[number - 1]) if number else None
        step = STEP.format(form=form, before=before, forward=forward, back=back)
        (folder / "versions" / f"{form}_step.py").write_text(step, encoding="utf-8")
    return toy(folder)
