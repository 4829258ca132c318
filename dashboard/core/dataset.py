"""All the data of the dashboard, read and checked together, and how current and complete it is."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from pandas.tseries.offsets import MonthEnd

from dashboard.core.airspace import PLACE_COLUMNS, check_places
from dashboard.core.basemap import LEVELS, read_basemap
from dashboard.core.borders import Borders, read_borders
from dashboard.core.filter import plain
from dashboard.core.gazetteer import read_places
from dashboard.core.incidents import FREE_TEXT, read_incidents
from dashboard.core.problems import Problem
from dashboard.core.tracks import read_tracks
from dashboard.core.view import View
from dashboard.errors import UnreadableFileError
from dashboard.language import _, state_name


@dataclass(frozen=True)
class About:
    """What the data's keeper says of it, in ``about.toml`` beside it.

    cutoff
        Nothing that became known after this instant is in the data.
    completeness
        A sentence on what is missing.
    credit
        Whom to name.
    """

    cutoff: datetime
    completeness: str = ""
    credit: str = ""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Incidents measured against the borders, their tracks, places to name, and every problem found.

    incidents
        As :func:`dashboard.core.airspace.place_in_airspace` returns them, with ``last_day`` (the last day on which
        the incident can have been, also where only its month is known) and ``words`` (plain text for searching).
    basemap
        The light map to draw, by level (``far``, ``near``), with the column ``kind``.
    rows, set_aside, not_located
        How many rows the file of incidents has, how many of them could not be used, and how many of those for want of
        a place that could be read.
    fingerprint
        SHA-256 of incidents.csv followed by tracks.geojson, in hexadecimal: ``cat incidents.csv tracks.geojson |
        sha256sum``.
    """

    incidents: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    borders: Borders
    places: gpd.GeoDataFrame
    basemap: dict[str, gpd.GeoDataFrame]
    about: About
    problems: tuple[Problem, ...] = field(default=())
    rows: int = 0
    fingerprint: str = ""

    @property
    def set_aside(self) -> int:
        """How many rows of the file are not among the incidents."""
        return self.rows - len(self.incidents)

    @property
    def not_located(self) -> int:
        """How many rows were set aside because their place could not be read."""
        return len({problem.line for problem in self.problems if problem.severe and problem.column in PLACE_COLUMNS})

    def select(self, view: View) -> gpd.GeoDataFrame:
        """The incidents that a view shows, in their order."""
        return view.filter.apply(self.incidents)

    @property
    def first(self) -> date:
        """First day of the incidents."""
        return _day(self.incidents["date"].min())

    @property
    def last(self) -> date:
        """Last day of the incidents."""
        return _day(self.incidents["last_day"].max())


def _day(value: pd.Timestamp) -> date:
    return value.date() if pd.notna(value) else date.today()


def read_dataset(folder: Path, max_file_mb: int = 200) -> Dataset:
    """Read everything in a data folder.

    Raises
    ------
    DataError
        The incidents or the borders are missing or cannot be read at all.
    """
    borders = read_borders(folder / "borders.parquet")
    path = folder / "incidents.csv"
    reading = check_places(read_incidents(path, max_file_mb), borders, path)
    incidents = _with_days_and_words(reading.incidents)
    tracks, problems = read_tracks(folder / "tracks.geojson", set(incidents["id"]))
    return Dataset(
        incidents=incidents,
        tracks=tracks,
        borders=borders,
        places=read_places(folder / "places.parquet"),
        basemap={level: read_basemap(folder / f"basemap_{level}.json") for level in LEVELS},
        about=_about(folder / "about.toml", incidents),
        problems=(*reading.problems, *problems),
        rows=reading.rows,
        fingerprint=_fingerprint(path, folder / "tracks.geojson"),
    )


def _fingerprint(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()


def _with_days_and_words(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    last = incidents["end_date"].fillna(incidents["date"])
    month = (incidents["date_precision"] == "month").to_numpy(bool)
    last = last.where(~month, (last + MonthEnd(0)).astype(last.dtype))
    columns = ["id", *FREE_TEXT]
    words = incidents["country"].map(state_name).str.cat([incidents[column] for column in columns], sep=" ")
    return incidents.assign(last_day=last, words=np.array([plain(text) for text in words], dtype=object))


def _about(path: Path, incidents: gpd.GeoDataFrame) -> About:
    """What is said in ``about.toml``; without it the cut-off is the end of the last incident's day."""
    last = _day(incidents["last_day"].max())
    if not path.is_file():
        return About(datetime.combine(last, time(23, 59), UTC))
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        cutoff = told.get("cutoff", datetime.combine(last, time(23, 59), UTC))
        if not isinstance(cutoff, datetime) or cutoff.tzinfo is None:
            raise ValueError(_("cutoff must be an instant with its time zone, such as 2026-10-03T23:59:00Z"))
        return About(cutoff.astimezone(UTC), str(told.get("completeness", "")), str(told.get("credit", "")))
    except ValueError as error:
        raise UnreadableFileError(_("{path} cannot be read: {error}.").format(path=path, error=error)) from error
