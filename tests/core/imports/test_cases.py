"""Files as people have them, from the file to the incident."""

from pathlib import Path

import pytest

from dashboard.core.imports.applied import Surroundings
from dashboard.core.imports.files.sniffing import Asked, read_content
from dashboard.core.incidents.columns import COLUMNS
from tests.core.imports.lists import applied

CASES = sorted((Path(__file__).parent / "cases").iterdir())
DEFAULTS = {
    "location_accuracy_km": "5", "category": "crash", "object_type": "uav", "status": "reported", "sources": "[list]",
}  # fmt: skip
PLACES = {("51.77", "19.46"): "PL", ("55.93", "23.31"): "LT"}  # Łódź and Šiauliai


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_file_becomes_incidents_of_its_day_place_and_state(case: Path, surroundings: Surroundings) -> None:
    table = read_content(case.read_bytes(), case.name, Asked(known=COLUMNS), 100).table
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    found = applied(surroundings, rows, changes={"defaults": DEFAULTS}, shapes=table.shapes or None)
    assert (found.missing, found.refused, found.questions, len(found.rows)) == ("", (), (), len(rows))
    for row in found.rows:
        assert row.cells["date"] in ("2025-07-28", "2025-07-29")
        assert row.cells["country"] == PLACES[row.cells["latitude"], row.cells["longitude"]]
        assert all(row.cells[name] for name in ("id", "place", "category", "object_type", "status", "sources"))
