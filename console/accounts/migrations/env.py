"""What Alembic runs: migrations of the tables of the accounts, on the connection it is given."""

from console.accounts.migrating import ACCOUNTS
from migrating.environment import run

run(ACCOUNTS)
