"""Releases of data folders of the tests' own."""

from datetime import datetime
from pathlib import Path

from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import Release
from dashboard.core.record.record import Record
from dashboard.settings import settings


def released(folder: Path, now: datetime, note: str = "") -> Release:
    """Have the record that the settings name take in a folder, and make a release of that."""
    recorded = RecordedData(Record(settings().record), folder)
    recorded.take_in(read_folder(folder))
    return make_release(recorded, now, note)
