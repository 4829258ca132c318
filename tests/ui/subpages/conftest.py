"""Data that have a history."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.core.data.releases import Release
from tests.history import ATTACK, write
from tests.releases import released

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def release(data_folder: Path) -> Release:
    """Four incidents, stored; since then one was added, one corrected, one withdrawn, and one removed."""
    write(data_folder, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "place": "Vilnius"}, {"id": "LT-4"})
    made = released(data_folder, NOON, "Before the check.")
    write(
        data_folder,
        {},
        {"id": "LT-2", "damage": ATTACK, "location_accuracy_km": "2.5"},
        {"id": "LT-3", "place": "Vilnius", "withdrawn": f"A bird. {ATTACK}"},
        {"id": "PL-1", "country": "PL", "latitude": "52.2", "longitude": "23.1", "place": f"Terespol {ATTACK}"},
    )
    return made
