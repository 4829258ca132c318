"""Data in a single file: incidents alone, with borders, places and the rest from the shipped data folder."""

from pathlib import Path

from dashboard.core.incidents.geo_file import ENDINGS
from dashboard.settings import PROJECT

INCIDENTS_FILE = "incidents.csv"
SHIPPED = PROJECT / "data"


def is_single_file(data: Path) -> bool:
    """Tell whether data lie in a single file, which may not be there, and not in a folder."""
    return data.is_file() or (data.suffix.lower() in (".csv", *ENDINGS) and not data.is_dir())


def map_folder(data: Path) -> Path:
    """The folder with borders, places and the rest: that of the data, or for a single file the shipped one."""
    return SHIPPED if is_single_file(data) else data


def file_in(data: Path, name: str) -> Path:
    """The path of one of the files of data; of those in a single file there is none but that of the incidents."""
    return data if is_single_file(data) and name in (INCIDENTS_FILE, data.name) else data / name
