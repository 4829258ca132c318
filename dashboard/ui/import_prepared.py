"""A report with what the page needs of it, worked out once: a list may have 100,000 rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.preview import placed
from dashboard.core.imports.report import Report
from dashboard.core.imports.tracks import UNCHANGED, TrackOutcome
from dashboard.core.record.merge import Content
from dashboard.render.symbols.clustering import MOST_MARKS


@dataclass(frozen=True, eq=False)
class PreparedReport:
    """A report and what the page needs of it.

    placed
        What is new and changed, as the map has it, as far as it has room.
    recorded
        The cells of the recorded incidents that rows of the list may be.
    figures
        The counts of rows of each kind.
    taken
        Keys of all that would be added or changed, those of flight tracks as ``track_key`` has them.
    """

    report: Report
    placed: gpd.GeoDataFrame
    recorded: Mapping[str, Content]
    figures: Mapping[str, int]
    taken: frozenset[str]


def prepare_report(report: Report, dataset: Dataset, recorded: Mapping[str, Content]) -> PreparedReport:
    """Work out what the page needs of a report."""
    alike = {other.key for duplicate in report.duplicates for other in duplicate.alike[:1]}
    tracks = [track_key(track) for track in report.tracks if track.kind != UNCHANGED]
    return PreparedReport(
        report,
        placed((*report.new, *report.changed)[:MOST_MARKS], dataset),
        {key: recorded[key] for key in alike if key in recorded},
        report.figures,
        frozenset((*(one.key for one in (*report.new, *report.changed)), *tracks)),
    )


def track_key(track: TrackOutcome) -> str:
    """A key of a flight track that no incident has."""
    return f"track {track.key}"
