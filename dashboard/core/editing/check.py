"""Checks and measures of a form: those of the reader of incidents, and of the app."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlunsplit

import geopandas as gpd

from dashboard.core.data.completion import completed
from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.alike import find_alike, located_rows
from dashboard.core.editing.form import ASKED_AS, COORDINATES, FIELDS, Fault, Filled
from dashboard.core.geo.airspace import PLACE, check_places
from dashboard.core.incidents.columns import BY_NAME, GIVEN, REQUIRED
from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.problems import Problem, Reading
from dashboard.core.incidents.schema import check_table
from dashboard.core.query.search import searchable
from dashboard.core.record.merge import Content
from dashboard.language import _

NEW = "new"  # stands for the ID of an incident that has none yet
_FORM = Path("form")  # in the place of a file
# What stands in for cells that are missing or wrong, so that the place can be measured already.
_STAND_INS = {
    "id": NEW, "date": "2025-01-01", "place": "–", "location_accuracy_km": "0.001", "category": "incursion",
    "object_type": "unknown", "status": "reported", "sources": urlunsplit(("https", "example.org", "", "", "")),
}  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A form that was checked.

    faults
        Why it cannot be saved, in the order of its fields.
    doubts
        What may be wrong with it.
    row
        The incident as the map would have it, what is missing stood in for; None without a place and its state.
    is_sure
        Whether the accuracy of the place is given, without which nothing can be said on how sure its measures are.
    """

    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    row: gpd.GeoDataFrame | None
    is_sure: bool


def check(filled: Filled, dataset: Dataset) -> Checked:
    """Check a form as the reader of incidents checks a file, and measure its place."""
    cells = {"id": NEW} | filled.cells
    reading = _reading(cells, dataset)
    wrong = {problem.column for problem in reading.problems if problem.severe}
    own = list(filled.faults)
    told = {fault.field for fault in own} | (set() if filled.place else {"country"})  # which follows from the place
    severe = [fault for problem in reading.problems if problem.severe and (fault := _fault(problem)).field not in told]
    doubts = [_fault(problem) for problem in reading.problems if not problem.severe]
    row = None
    if filled.place and "country" in cells and not wrong & {"country", "latitude", "longitude"}:
        stood_in = {name: cell for name, cell in cells.items() if name not in wrong}
        placed = _reading(_STAND_INS | stood_in, dataset) if wrong else reading
        row = measured(placed.incidents, dataset) if len(placed.incidents) else None
    return Checked(_in_order([*own, *severe]), _in_order(doubts), row, "location_accuracy_km" not in wrong)


def faults_of(cells: Content, dataset: Dataset) -> tuple[Fault, ...]:
    """The faults for which an incident of the record could not be read."""
    return _in_order([_fault(problem) for problem in _reading(cells, dataset).problems if problem.severe])


def measured(rows: gpd.GeoDataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    """Rows that were placed in airspace as the incidents of the map are."""
    known = dataset.borders, dataset.places, dataset.airports, dataset.publishers, dataset.events
    return completed(searchable(rows), dataset, *known)


def alike(row: gpd.GeoDataFrame, dataset: Dataset, besides: str = "") -> gpd.GeoDataFrame:
    """The incidents that may be the same: in the same state, within a day and 10 km; all but one, the nearest first."""
    others = dataset.incidents[dataset.incidents["id"] != besides]
    found = find_alike(located_rows(row), located_rows(others)).get(str(row["id"].iloc[0]), ())
    return others.set_index("id", drop=False).rename_axis(others.index.name).loc[[one.key for one in found]]


def _reading(cells: Content, dataset: Dataset) -> Reading:
    """Read the cells of one incident as a file with one row."""
    names = [column.name for column in GIVEN]
    table = Table(_FORM, header=names, rows=[[str(cells.get(name, "")) for name in names]], lines=[1])
    return check_places(check_table(table), dataset.borders, _FORM)


def _fault(problem: Problem) -> Fault:
    """A problem of a file as a fault of a field."""
    field = COORDINATES if problem.column == PLACE else ASKED_AS.get(problem.column, problem.column)
    if not problem.value and problem.column in REQUIRED:
        return Fault(field, _("{field}: still missing.").format(field=label_of(field)), missing=True)
    if problem.remedy == _("Correct the cell"):  # there is none, and that is what somebody is about to do
        return Fault(field, _("{expected}.").format(expected=problem.expected[:1].upper() + problem.expected[1:]))
    return Fault(field, problem.message)


def label_of(field: str) -> str:
    """The name of a field in a sentence or a list."""
    words = {COORDINATES: _("Coordinates"), "date": _("Day"), **{name: _("Time") for name in ("time", "end_time")}}
    return words.get(field) or BY_NAME[field].label


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of the fields, one for each."""
    first = {fault.field: fault for fault in reversed(faults)}
    place = {field: position for position, field in enumerate(FIELDS)}
    return tuple(sorted(first.values(), key=lambda fault: place.get(fault.field, len(place))))
