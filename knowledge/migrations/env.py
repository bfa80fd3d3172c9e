"""What Alembic runs: migrations of the tables whose name begins with `knowledge_`, on the connection it is given."""

from knowledge.editing import models as _changes  # noqa: F401  declares its table on the same base
from knowledge.importing import models as _imports  # noqa: F401  declares its tables on the same base
from knowledge.migrating import CHAIN
from migrating.environment import run

run(CHAIN)
