"""The world beside a list, as the shipped borders, towns and airports have it; and a record of one's own."""

import shutil
from pathlib import Path

import pytest

from dashboard.core.geo.airports import read_airports
from dashboard.core.geo.borders import Borders
from dashboard.core.geo.gazetteer import Gazetteer
from dashboard.core.geo.places import read_places
from dashboard.core.imports.applied import Surroundings
from dashboard.core.record.record import Record

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def surroundings(shipped_borders: Borders) -> Surroundings:
    towns = read_places(DATA / "places.parquet")
    return Surroundings(shipped_borders, Gazetteer(towns, read_airports(DATA / "airports.parquet")))


@pytest.fixture
def record(empty_sqlite: Path, tmp_path: Path) -> Record:
    """An empty record."""
    return Record(f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'record.sqlite')}")
