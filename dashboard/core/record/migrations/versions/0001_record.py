"""The first tables: changes, versions, and what sources last said."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "change",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("name", sa.String(100), nullable=True, unique=True),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("change.number"), nullable=True),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_table(
        "version",
        sa.Column("noun", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("change", sa.Integer, sa.ForeignKey("change.number"), primary_key=True),
        sa.Column("content", sa.Text, nullable=True),
    )
    op.create_index("version_of_change", "version", ["change", "noun"])
    op.create_table(
        "said",
        sa.Column("source", sa.String(500), primary_key=True),
        sa.Column("noun", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
