"""What Alembic runs: migrations of the tables whose name begins with `knowledge_`, on the connection it is given.

PostgreSQL may hold the tables of the record and of rasa beside ours: ours have a version table of their own.
"""

from alembic import context

from knowledge.editing import models as _changes  # noqa: F401  declares its table on the same base
from knowledge.importing import models as _imports  # noqa: F401  declares its tables on the same base
from knowledge.migrating import VERSION, ours
from knowledge.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION,
    include_object=ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
