"""Run by Alembic: applies the steps on the connection that it was given."""

from alembic import context

from dashboard.core.record.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
