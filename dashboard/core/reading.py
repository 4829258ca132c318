"""What a file of incidents gave: the incidents, the rows that were withdrawn, and what is wrong with the rest."""

from dataclasses import dataclass

import geopandas as gpd

from dashboard.core.problems import Problem

WITHDRAWN = "withdrawn"  # the column that gives the reason why a row is no incident any more


@dataclass(frozen=True, eq=False)
class Reading:
    """What a file gave.

    incidents
        GeoDataFrame in EPSG:4326, a row an incident: the columns of ``SCHEMA`` but ``withdrawn``, with dates as
        timestamps, ``sources`` as a tuple of http(s) addresses, unknown columns as text, and ``line``, the line of the
        file.
    withdrawn
        The same, and ``withdrawn`` with the reason: rows that are kept in the file, but are not among the incidents.
    unusable
        The ids of rows that are set aside, as far as they have one.
    problems
        Every problem of the file, by line.
    rows
        How many rows the file has, those that could not be read included.
    """

    incidents: gpd.GeoDataFrame
    withdrawn: gpd.GeoDataFrame
    unusable: frozenset[str]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def set_aside(self) -> int:
        """How many rows of the file are neither among the incidents nor withdrawn."""
        return self.rows - len(self.incidents) - len(self.withdrawn)


def parted(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Rows that passed every check as the incidents and the rows that were withdrawn."""
    withdrawn = rows[WITHDRAWN] != ""
    kept = rows[~withdrawn].reset_index(drop=True) if withdrawn.any() else rows
    return kept.drop(columns=WITHDRAWN), rows[withdrawn].reset_index(drop=True)
