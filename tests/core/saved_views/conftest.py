"""Records in which views are saved."""

import shutil
from pathlib import Path

import pytest

from dashboard.core.query.view import View
from dashboard.core.record.record import Record
from dashboard.core.saved_views import recorded


@pytest.fixture
def record(database: str) -> Record:
    return Record(database)


@pytest.fixture
def on_sqlite(empty_sqlite: Path, tmp_path: Path) -> Record:
    """A record for what has nothing to do with the kind of database."""
    return Record(f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'record.sqlite')}")


@pytest.fixture
def three(record: Record) -> list[str]:
    """Three views are saved; gives their keys."""
    return [recorded.save(record, View(title=name)) for name in "ABC"]
