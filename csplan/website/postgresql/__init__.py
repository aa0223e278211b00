"""PostgreSQL with what the records need of it."""
