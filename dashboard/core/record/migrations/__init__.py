"""Steps from one form of the record's tables to the next, as Alembic runs them."""
