"""What the `env.py` of each chain does: run its steps on the connection that is given."""

from alembic import context

from migrating.chain import Chain


def run(chain: Chain) -> None:
    """Run the steps that Alembic was asked for. Each chain has a version table of its own, beside other tables."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=chain.metadata,
        version_table=chain.version_table,
        include_object=chain.ours,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
