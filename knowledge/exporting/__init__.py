"""What leaves the knowledge base: the national schema, tables for people, JSON. `docs/exporting.md` says more."""
