"""The register of sheets; the notes in the folder of an earlier version are taken in."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from dashboard.settings import settings

revision = "0003"
down_revision = "0002"

LARGEST_NOTE = 100_000  # bytes; one has a few kilobytes


def upgrade() -> None:
    """Make the table, and fill it with the notes that are there."""
    sheet = op.create_table(
        "sheet",
        sa.Column("id", sa.String(9), primary_key=True),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("moment", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("incidents", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    if notes := [note for file in settings().sheets.glob("*.json") for note in _note(file)]:
        op.bulk_insert(sheet, notes)


def _note(file: Path) -> Iterator[dict[str, Any]]:
    """The row of a note; none where it cannot be read, as such a note brought nothing back before."""
    if not re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", file.stem):
        return
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(LARGEST_NOTE))
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(tzinfo=None)
        row = {
            "id": file.stem,
            "query": str(found["query"]),
            "moment": 0,
            "fingerprint": str(found["data"])[:64],
            "incidents": min(max(int(found["incidents"]), 0), 2**31 - 1),
            "at": made,
        }
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return
    yield row
