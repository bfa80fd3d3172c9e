"""What Alembic runs: migrations of the record's tables, on the connection it is given."""

from conversations.migrating import RECORD
from migrating.environment import run

run(RECORD)
