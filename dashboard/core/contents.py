"""What a data folder, or a release of it, holds: incidents, what was withdrawn, flight tracks, and what is wrong."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from dashboard.core.airspace import check_places
from dashboard.core.borders import Borders
from dashboard.core.filter import searchable
from dashboard.core.incidents import FRIENDLY, read_incidents
from dashboard.core.problems import Problem
from dashboard.core.summary import counted, with_own_side
from dashboard.core.table import not_readable
from dashboard.core.tracks import read_tracks

INCIDENTS, TRACKS = FILES = ("incidents.csv", "tracks.geojson")


@dataclass(frozen=True, eq=False)
class Contents:
    """Incidents and tracks as they were at one time.

    incidents
        As :func:`dashboard.core.airspace.place_in_airspace` returns them, with what a filter looks at.
    friendly
        The same of own-side objects, which are drawn, but are no incidents and in no figure.
    withdrawn
        Rows that are kept with the reason why they are no incidents any more: the columns of a file of incidents,
        ``withdrawn`` with the reason, and what a filter looks at.
    tracks
        Those of the incidents, as :func:`dashboard.core.tracks.read_tracks` returns them.
    unusable
        Ids of rows that are set aside for a fault.
    rows
        How many rows the file of incidents has.
    """

    incidents: gpd.GeoDataFrame
    friendly: gpd.GeoDataFrame
    withdrawn: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    unusable: frozenset[str]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def tracks_set_aside(self) -> int:
        """How many flight tracks could not be used."""
        return len({problem.line for problem in self.problems if problem.severe and problem.file.name == TRACKS})

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """The incidents, and after them the own-side objects."""
        return with_own_side(self.incidents, self.friendly)


def read_contents(folder: Path, borders: Borders, max_file_mb: int = 200) -> Contents:
    """Read the incidents and tracks in a folder, and measure them against the borders.

    Raises
    ------
    DataError
        The incidents are missing, or a file cannot be read at all.
    """
    path = folder / INCIDENTS
    reading = check_places(read_incidents(path, max_file_mb), borders, path)
    # The track of a row that was withdrawn is withdrawn with it, and no fault.
    known = {*reading.incidents["id"], *reading.withdrawn["id"]}
    tracks, problems = read_tracks(folder / TRACKS, known, max_file_mb)
    objects = searchable(reading.incidents)
    return Contents(
        incidents=counted(objects),
        friendly=objects[objects["side"] == FRIENDLY].reset_index(drop=True),
        withdrawn=searchable(reading.withdrawn),
        tracks=tracks[~tracks["incident_id"].isin(reading.withdrawn["id"])].reset_index(drop=True),
        unusable=reading.unusable,
        problems=(*reading.problems, *problems),
        rows=reading.rows,
    )


def fingerprint_of(folder: Path) -> str:
    """SHA-256 of incidents.csv followed by tracks.geojson, in hexadecimal; a file that is not there adds nothing.

    Raises
    ------
    UnreadableFileError
        A file cannot be read.
    """
    digest = hashlib.sha256()
    for file in (folder / name for name in FILES):
        try:
            if file.is_file():
                digest.update(file.read_bytes())
        except OSError as error:
            raise not_readable(file, error) from error
    return digest.hexdigest()
