"""A report on the map: its new and changed incidents as the map would have them."""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import measured
from dashboard.core.geo.airspace import check_places
from dashboard.core.imports.outcomes import Outcome
from dashboard.core.incidents.columns import GIVEN
from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.schema import check_table


def placed(outcomes: Iterable[Outcome], dataset: Dataset) -> gpd.GeoDataFrame:
    """Place incidents as a list would make them, in EPSG:4326, with the columns of ``Dataset.incidents``."""
    names = [column.name for column in GIVEN]
    table = Table(Path("list"), header=names)
    for place, one in enumerate(outcomes, start=1):
        cells = one.becomes or {}
        table.rows.append([str(cells.get(name, "")) for name in names])
        table.lines.append(place)
    if not table.rows:
        return dataset.incidents.iloc[:0]
    reading = check_places(check_table(table), dataset.borders, table.path)
    return measured(reading.incidents, dataset) if len(reading.incidents) else dataset.incidents.iloc[:0]
