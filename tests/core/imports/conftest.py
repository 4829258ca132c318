"""What is known of the world beside a list: the shipped borders, towns and airports."""

from pathlib import Path

import pytest

from dashboard.core.geo.airports import read_airports
from dashboard.core.geo.borders import Borders
from dashboard.core.geo.gazetteer import Gazetteer
from dashboard.core.geo.places import read_places
from dashboard.core.imports.applied import Surroundings

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def surroundings(shipped_borders: Borders) -> Surroundings:
    towns = read_places(DATA / "places.parquet")
    return Surroundings(shipped_borders, Gazetteer(towns, read_airports(DATA / "airports.parquet")))
